import BSON
import Foundation
import NIOCore

/// One HTTP/1.1 response taken apart from bytes, strictly: what does not fit is nil.
struct ReceivedResponse: Sendable, Equatable {
    let status: Int
    /// The fields but the date, which changes with every run, by lower-case name.
    let fields: [String: String]
    let body: String

    var json: JSON? { try? JSON(parsing: Array(body.utf8)) }
    var code: String? { json?["code"]?.string }
    var saysClose: Bool { fields["connection"] == "close" }

    /// Takes the first response from the bytes; nil while it is not whole.
    static func take(from bytes: inout [UInt8]) -> ReceivedResponse? {
        guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
        var lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
        let statusLine = lines.removeFirst().split(separator: " ", maxSplits: 2)
        guard statusLine.count >= 2, statusLine[0] == "HTTP/1.1", let status = Int(statusLine[1]) else { return nil }
        var fields: [String: String] = [:]
        for line in lines {
            let parts = line.components(separatedBy: ": ")
            guard parts.count == 2, fields.updateValue(parts[1], forKey: parts[0].lowercased()) == nil else {
                return nil
            }
        }
        let length = status == 100 || status == 204 ? 0 : fields["content-length"].flatMap { Int($0) }
        guard let length, bytes.count >= end.upperBound + length else { return nil }
        let body = String(decoding: bytes[end.upperBound..<end.upperBound + length], as: UTF8.self)
        bytes.removeFirst(end.upperBound + length)
        fields["date"] = nil
        return ReceivedResponse(status: status, fields: fields, body: body)
    }

    /// All responses in the bytes, which must hold nothing else.
    static func all(in bytes: [UInt8]) -> [ReceivedResponse]? {
        var rest = bytes
        var responses: [ReceivedResponse] = []
        while !rest.isEmpty {
            guard let response = take(from: &rest) else { return nil }
            responses.append(response)
        }
        return responses
    }
}
