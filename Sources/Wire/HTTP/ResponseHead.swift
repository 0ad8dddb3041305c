/// The head of an HTTP/1.x response, as far as the relay reads it.
struct ResponseHead {
    enum Framing: Equatable {
        case none
        case length(Int)
        case chunked
        case untilClose
    }

    private(set) var status = 0
    private(set) var contentType: String?
    private(set) var framing = Framing.untilClose
    private(set) var keepsAlive = true

    init() {}

    /// Bytes up to and including the empty line; nil when it is not there yet.
    static func length(_ bytes: UnsafeRawBufferPointer) -> Int? {
        var position = 3
        while position < bytes.count {
            switch bytes[position] {
            case 0x0A:
                if bytes[position - 1] == 0x0D, bytes[position - 2] == 0x0A, bytes[position - 3] == 0x0D {
                    return position + 1
                }
                position += 2
            case 0x0D: position += 1
            // Neither byte of CRLF: the empty line can end at the earliest four bytes on.
            default: position += 4
            }
        }
        return nil
    }

    /// Parses a whole head; nil when it is not HTTP/1.x or its framing contradicts itself.
    init?(parsing bytes: UnsafeRawBufferPointer) {
        var lines = Lines(bytes: bytes)
        guard let statusLine = lines.next(), takeStatusLine(statusLine) else { return nil }
        var contentLength: Int?
        var isChunked = false
        while let line = lines.next(), !line.isEmpty {
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > line.startIndex,
                line[..<colon].allSatisfy(ASCII.isTokenCharacter)
            else { return nil }
            let name = line[..<colon]
            let value = Self.trimmed(line[(colon + 1)...])
            if ASCII.equal(name, "content-length") {
                guard let length = Self.decimal(value), contentLength == nil || contentLength == length else {
                    return nil
                }
                contentLength = length
            } else if ASCII.equal(name, "transfer-encoding") {
                guard !isChunked, ASCII.equal(value, "chunked") else { return nil }
                isChunked = true
            } else if ASCII.equal(name, "connection") {
                if Self.list(value, has: "close") { keepsAlive = false }
                if Self.list(value, has: "keep-alive"), isVersion10 { keepsAlive = true }
            } else if ASCII.equal(name, "content-type") {
                contentType = value.allSatisfy(ASCII.isFieldCharacter) ? String(decoding: value, as: UTF8.self) : nil
            }
        }
        if status == 204 || status == 304 || status < 200 {
            framing = .none
        } else if isChunked {
            guard contentLength == nil else { return nil }
            framing = .chunked
        } else if let contentLength {
            framing = .length(contentLength)
        } else {
            framing = .untilClose
            keepsAlive = false
        }
    }

    private var isVersion10 = false

    private mutating func takeStatusLine(_ line: Slice<UnsafeRawBufferPointer>) -> Bool {
        let bytes = UnsafeRawBufferPointer(rebasing: line)
        guard bytes.count >= 12, ASCII.equal(bytes[..<7], "http/1."), bytes[8] == 0x20,
            bytes.count == 12 || bytes[12] == 0x20, let code = Self.decimal(bytes[9..<12]), code >= 100
        else { return false }
        switch bytes[7] {
        case UInt8(ascii: "1"): break
        case UInt8(ascii: "0"):
            isVersion10 = true
            keepsAlive = false
        default: return false
        }
        status = code
        return code < 600
    }

    private static func trimmed(_ value: Slice<UnsafeRawBufferPointer>) -> Slice<UnsafeRawBufferPointer> {
        var value = value
        while let first = value.first, ASCII.isBlank(first) { value = value.dropFirst() }
        while let last = value.last, ASCII.isBlank(last) { value = value.dropLast() }
        return value
    }

    /// At most 15 digits and nothing else.
    private static func decimal(_ value: Slice<UnsafeRawBufferPointer>) -> Int? {
        guard (1...15).contains(value.count) else { return nil }
        var number = 0
        for byte in value {
            guard let digit = ASCII.digit(byte) else { return nil }
            number = number * 10 + digit
        }
        return number
    }

    /// Whether a comma-separated list names an option.
    private static func list(_ value: Slice<UnsafeRawBufferPointer>, has option: StaticString) -> Bool {
        value.split(separator: UInt8(ascii: ",")).contains { ASCII.equal(trimmed($0), option) }
    }

    private struct Lines {
        let bytes: UnsafeRawBufferPointer
        var position = 0

        init(bytes: UnsafeRawBufferPointer) {
            self.bytes = bytes
        }

        /// The next line without its CRLF; a bare line feed ends one too, as RFC 9112 section 2.2 lets a reader do.
        mutating func next() -> Slice<UnsafeRawBufferPointer>? {
            guard position < bytes.count, let feed = bytes[position...].firstIndex(of: 0x0A) else { return nil }
            let end = feed > position && bytes[feed - 1] == 0x0D ? feed - 1 : feed
            defer { position = feed + 1 }
            return bytes[position..<end]
        }
    }
}
