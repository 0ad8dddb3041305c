public import NIOCore

/// Reads one response from the bytes of a connection: a state machine without I/O.
///
/// ```
/// head ──► length ─────────────┐
///   │ ├──► chunk size ⇄ chunk ─┼──► done
///   │ └──► until close ────────┘
///   └ 1xx: head again
/// ```
public struct WebhookResponseDecoder: Sendable {
    /// Bytes of status line and fields. Servers that need more for an answer to a bot call are broken.
    public static let maximumHeadLength = 32 * 1024
    /// Bytes of the decoded body: 1 MiB.
    public static let maximumBodyLength = 1024 * 1024
    /// Bytes of a chunk-size line with its extensions.
    private static let maximumChunkLineLength = 256

    private enum State {
        case head
        /// The body is the next `Int` bytes.
        case length(Int)
        /// The next line is a chunk size.
        case chunkSize
        /// So many bytes of the chunk are to come, then CRLF.
        case chunk(Int)
        /// After the last chunk: fields that are skipped, then an empty line.
        case trailers(skipped: Int)
        case untilClose
    }

    private var state = State.head
    private var head = ResponseHead()
    private var body = ByteBuffer()

    public init() {}

    /// Takes what it can from the buffer. Nil when more bytes are needed. After a response the decoder is fresh.
    public mutating func read(_ buffer: inout ByteBuffer) throws(WebhookResponseFailure) -> WebhookResponse? {
        while true {
            switch state {
            case .head:
                guard try readHead(&buffer) else { return nil }
            case .length(let length):
                guard let bytes = buffer.readSlice(length: length) else { return nil }
                return finish(with: bytes)
            case .chunkSize:
                guard let size = try readChunkSize(&buffer) else { return nil }
                guard size <= Self.maximumBodyLength - body.readableBytes else { throw .bodyTooLarge }
                state = size == 0 ? .trailers(skipped: 0) : .chunk(size)
            case .chunk(let size):
                guard buffer.readableBytes >= size + 2 else { return nil }
                if var bytes = buffer.readSlice(length: size) { body.writeBuffer(&bytes) }
                guard buffer.readInteger(as: UInt16.self) == 0x0D0A else { throw .malformed }
                state = .chunkSize
            case .trailers(let skipped):
                guard let line = buffer.readLine() else {
                    guard buffer.readableBytes + skipped <= Self.maximumHeadLength else { throw .headTooLarge }
                    return nil
                }
                if line == 0 { return finish(with: body) }
                guard skipped + line <= Self.maximumHeadLength else { throw .headTooLarge }
                state = .trailers(skipped: skipped + line)
            case .untilClose:
                guard body.readableBytes + buffer.readableBytes <= Self.maximumBodyLength else { throw .bodyTooLarge }
                body.writeBuffer(&buffer)
                return nil
            }
        }
    }

    /// The connection has ended: the response that ends with it.
    public mutating func end() throws(WebhookResponseFailure) -> WebhookResponse {
        guard case .untilClose = state else { throw .truncated }
        return finish(with: body)
    }

    private mutating func finish(with body: ByteBuffer) -> WebhookResponse {
        defer { self = WebhookResponseDecoder() }
        return WebhookResponse(
            status: head.status,
            contentType: head.contentType,
            body: body,
            keepsAlive: head.keepsAlive
        )
    }

    private mutating func readHead(_ buffer: inout ByteBuffer) throws(WebhookResponseFailure) -> Bool {
        guard let length = buffer.withUnsafeReadableBytes(ResponseHead.length) else {
            guard buffer.readableBytes <= Self.maximumHeadLength else { throw .headTooLarge }
            return false
        }
        guard length <= Self.maximumHeadLength else { throw .headTooLarge }
        let parsed = buffer.withUnsafeReadableBytes {
            ResponseHead(parsing: UnsafeRawBufferPointer(rebasing: $0[..<length]))
        }
        guard let parsed else { throw .malformed }
        buffer.moveReaderIndex(forwardBy: length)
        if parsed.status < 200 {
            // 101 would end HTTP on this connection; nobody asked for it.
            guard parsed.status != 101 else { throw .malformed }
            return true
        }
        head = parsed
        switch parsed.framing {
        case .none: state = .length(0)
        case .length(let length):
            guard length <= Self.maximumBodyLength else { throw .bodyTooLarge }
            state = .length(length)
        case .chunked: state = .chunkSize
        case .untilClose: state = .untilClose
        }
        return true
    }

    /// A chunk-size line: hex digits, then extensions that mean nothing to us (RFC 9112 section 7.1).
    private func readChunkSize(_ buffer: inout ByteBuffer) throws(WebhookResponseFailure) -> Int? {
        var line = buffer
        guard let length = line.readLine() else {
            guard buffer.readableBytes <= Self.maximumChunkLineLength else { throw .malformed }
            return nil
        }
        var size = 0
        var digits = 0
        let bytes = buffer.readableBytesView.prefix(length)
        for byte in bytes {
            guard let digit = ASCII.hexDigit(byte) else {
                guard byte == UInt8(ascii: ";") || ASCII.isBlank(byte) else { throw .malformed }
                break
            }
            size = size << 4 | Int(digit)
            digits += 1
        }
        guard (1...8).contains(digits), length <= Self.maximumChunkLineLength else { throw .malformed }
        buffer = line
        return size
    }
}

extension ByteBuffer {
    /// Moves past the next line; its length without CRLF, or nil when it has not ended.
    fileprivate mutating func readLine() -> Int? {
        let view = readableBytesView
        guard let feed = view.firstIndex(of: 0x0A), feed > view.startIndex, view[feed - 1] == 0x0D else { return nil }
        let length = feed - view.startIndex
        moveReaderIndex(forwardBy: length + 1)
        return length - 1
    }
}
