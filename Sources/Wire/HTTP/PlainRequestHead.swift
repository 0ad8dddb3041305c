/// The head of an HTTP/1.1 request in the plain shape, the only one that the hot lane takes.
///
/// A head is plain when its request line is, byte for byte, one of those asked for; every line ends in CRLF; names are
/// tokens and values visible ASCII, spaces and tabs (RFC 9110 sections 5.5 and 5.6.2); `Host`, `Authorization: Bearer`,
/// `Content-Length` and `Content-Type: application/json` stand in it once each; and nothing stands in it that changes
/// how a message is framed or treated. Whatever else there is to say about a request, the ordinary decoder says it.
public struct PlainRequestHead: Sendable, Equatable {
    /// Which of the request lines asked for.
    public let requestLine: Int
    /// Bytes of the head with its empty line.
    public let length: Int
    /// Bytes of the body.
    public let contentLength: Int
    /// Where the credential after `Bearer ` stands, as offsets into the head.
    public let bearer: Range<Int>
    /// Where the value of `Accept-Language` stands; nil when there is none.
    public let acceptLanguage: Range<Int>?
    /// False when the client said `Connection: close`.
    public let keepsAlive: Bool
}

/// What the bytes at the start of a connection's buffer are.
public enum PlainRequestScan: Sendable, Equatable {
    /// The beginning of a head that may still turn out plain.
    case incomplete
    /// Something that the ordinary decoder has to look at.
    case notPlain
    case plain(PlainRequestHead)
}

/// Finds plain request heads. Holds the request lines that are hot.
public struct PlainRequestScanner: Sendable {
    /// Longer heads are not plain. What browsers and HTTP libraries send is below 1 KiB.
    public static let maximumHeadLength = 8192

    private let requestLines: [[UInt8]]

    /// - Parameter requestLines: whole request lines without CRLF: `POST /v1/messages HTTP/1.1`.
    public init(requestLines: [String]) {
        self.requestLines = requestLines.map { Array(($0 + "\r\n").utf8) }
    }

    /// Looks at the unread bytes of a connection. Allocates nothing and reads nothing past a bare line feed.
    public func scan(_ bytes: UnsafeRawBufferPointer) -> PlainRequestScan {
        guard let (line, start) = matchRequestLine(bytes) else {
            return couldBecomeRequestLine(bytes) ? .incomplete : .notPlain
        }
        var fields = PlainFields()
        var position = start
        let limit = min(bytes.count, Self.maximumHeadLength)
        while true {
            guard position < limit else {
                return bytes.count >= Self.maximumHeadLength ? .notPlain : .incomplete
            }
            if bytes[position] == UInt8(ascii: "\r") {
                guard position + 1 < limit else { return .incomplete }
                guard bytes[position + 1] == UInt8(ascii: "\n") else { return .notPlain }
                return fields.head(requestLine: line, length: position + 2)
            }
            switch fields.take(bytes, from: position, limit: limit) {
            case .next(let next): position = next
            case .incomplete: return bytes.count >= Self.maximumHeadLength ? .notPlain : .incomplete
            case .notPlain: return .notPlain
            }
        }
    }

    private func matchRequestLine(_ bytes: UnsafeRawBufferPointer) -> (index: Int, end: Int)? {
        for (index, line) in requestLines.enumerated() where bytes.starts(with: line) {
            return (index, line.count)
        }
        return nil
    }

    private func couldBecomeRequestLine(_ bytes: UnsafeRawBufferPointer) -> Bool {
        requestLines.contains { bytes.count < $0.count && $0.starts(with: bytes) }
    }
}
