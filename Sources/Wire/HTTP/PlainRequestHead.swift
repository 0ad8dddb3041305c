/// The head of an HTTP/1.1 request in the plain shape, the only one that the hot lane takes.
///
/// A head is plain when its request line is, byte for byte, one of those asked for; every line ends in CRLF; names are
/// tokens and values visible ASCII, spaces and tabs (RFC 9110 sections 5.5 and 5.6.2); `Host`, `Authorization: Bearer`,
/// `Content-Length` and `Content-Type: application/json` stand in it once each; and nothing stands in it that changes
/// how a message is framed or treated. Whatever else there is to say about a request, the ordinary decoder says it.
public struct PlainRequestHead: Sendable, Equatable {
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

/// The head of a WebSocket handshake in the plain shape: as ``PlainRequestHead``, without a body, and with what RFC 6455
/// section 4.1 asks of a client, once each. Extensions and subprotocols may be offered; none is agreed to.
public struct PlainUpgradeHead: Sendable, Equatable {
    /// Bytes of the head with its empty line.
    public let length: Int
    /// Where the credential after `Bearer ` stands, as offsets into the head.
    public let bearer: Range<Int>
    /// Where the value of `Sec-WebSocket-Key` stands.
    public let webSocketKey: Range<Int>
}

/// What the bytes at the start of a connection's buffer are.
public enum PlainRequestScan: Sendable, Equatable {
    /// The beginning of a head that may still turn out plain.
    case incomplete
    /// Something that the ordinary decoder has to look at.
    case notPlain
    case plain(PlainRequestHead)
    case upgrade(PlainUpgradeHead)
}

/// Finds plain request heads. Holds the request lines that are hot.
public struct PlainRequestScanner: Sendable {
    /// Longer heads are not plain. What browsers and HTTP libraries send is below 1 KiB.
    public static let maximumHeadLength = 8192

    private let requestLine: [UInt8]
    private let upgradeLine: [UInt8]

    /// - Parameters:
    ///   - requestLine: of requests with a body, whole, without CRLF: `POST /v1/messages HTTP/1.1`.
    ///   - upgradeLine: of WebSocket handshakes.
    public init(requestLine: String, upgradeLine: String) {
        self.requestLine = Array((requestLine + "\r\n").utf8)
        self.upgradeLine = Array((upgradeLine + "\r\n").utf8)
    }

    /// Looks at the unread bytes of a connection. Allocates nothing and reads nothing past a bare line feed.
    public func scan(_ bytes: UnsafeRawBufferPointer) -> PlainRequestScan {
        let isUpgrade = bytes.starts(with: upgradeLine)
        guard isUpgrade || bytes.starts(with: requestLine) else {
            return couldBecomeRequestLine(bytes) ? .incomplete : .notPlain
        }
        var fields = PlainFields()
        var position = isUpgrade ? upgradeLine.count : requestLine.count
        let limit = min(bytes.count, Self.maximumHeadLength)
        while true {
            guard position < limit else {
                return bytes.count >= Self.maximumHeadLength ? .notPlain : .incomplete
            }
            if bytes[position] == UInt8(ascii: "\r") {
                guard position + 1 < limit else { return .incomplete }
                guard bytes[position + 1] == UInt8(ascii: "\n") else { return .notPlain }
                return isUpgrade ? fields.upgradeHead(length: position + 2) : fields.head(length: position + 2)
            }
            switch fields.take(bytes, from: position, limit: limit) {
            case .next(let next): position = next
            case .incomplete: return bytes.count >= Self.maximumHeadLength ? .notPlain : .incomplete
            case .notPlain: return .notPlain
            }
        }
    }

    private func couldBecomeRequestLine(_ bytes: UnsafeRawBufferPointer) -> Bool {
        isBeginning(bytes, of: requestLine) || isBeginning(bytes, of: upgradeLine)
    }

    private func isBeginning(_ bytes: UnsafeRawBufferPointer, of line: [UInt8]) -> Bool {
        bytes.count < line.count && line.starts(with: bytes)
    }
}
