public import BSON
import HTTPTypes
public import Hummingbird
import NIOCore

extension Request {
    /// The JSON object that the body holds.
    ///
    /// A body without `Content-Type` is taken for JSON, for the sake of short `curl` lines.
    ///
    /// - Parameters:
    ///   - mayBeEmpty: Whether no body at all stands for an empty object.
    ///   - isPatch: Whether `application/merge-patch+json` is taken as well.
    /// - Throws: ``Problem``: `unsupported_media_type`, `body_too_large`, `invalid_json`, or `invalid_fields` when it is
    ///   JSON but no object.
    public func jsonObject(mayBeEmpty: Bool = false, isPatch: Bool = false) async throws -> JSON.Object {
        try checkMediaType(isPatch: isPatch)
        if let length = headers[.contentLength].flatMap({ Int($0) }), length > FieldLimits.bodyBytes {
            throw Problem(.bodyTooLarge, ["limit": "\(FieldLimits.bodyBytes)"])
        }
        let body = try await body.collect(upTo: FieldLimits.bodyBytes)
        if mayBeEmpty && body.readableBytes == 0 { return [:] }
        let json: JSON
        do {
            json = try body.withUnsafeReadableBytes { bytes throws(JSONError) in
                try JSON(parsing: bytes, maximumDepth: FieldLimits.bodyDepth)
            }
        } catch {
            throw Problem(json: error)
        }
        guard let object = json.object else {
            throw Problem(
                .invalidFields,
                issues: [Problem.Issue(.field(pointer: ""), .wrongType, ["expected": "object"])]
            )
        }
        return object
    }

    private func checkMediaType(isPatch: Bool) throws(Problem) {
        if let encoding = headers[.contentEncoding], encoding.lowercased() != "identity" {
            throw Problem(.unsupportedMediaType, ["type": encoding])
        }
        guard let value = headers[.contentType] else { return }
        let parts = value.lowercased().split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" } }
        let types = isPatch ? ["application/json", "application/merge-patch+json"] : ["application/json"]
        let isUTF8 = parts.dropFirst()
            .allSatisfy { parameter in
                !parameter.hasPrefix("charset=") || ["charset=utf-8", #"charset="utf-8""#].contains(parameter)
            }
        guard let type = parts.first, types.contains(type), isUTF8 else {
            throw Problem(.unsupportedMediaType, ["type": value])
        }
    }
}

extension Problem {
    /// The problem of a body that is no JSON, with the place and the fault.
    public init(json error: JSONError) {
        self.init(
            .invalidJSON,
            issues: [
                Issue(.field(pointer: ""), .jsonSyntax, ["offset": "\(error.offset)", "fault": error.code.description])
            ]
        )
    }
}
