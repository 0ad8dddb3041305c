/// The header fields of one request as far as the plain shape cares, gathered line by line.
struct PlainFields {
    private var hasHost = false
    private var hasContentType = false
    private var hasConnection = false
    private var contentLength: Int?
    private var bearer: Range<Int>?
    private var acceptLanguage: Range<Int>?
    private var keepsAlive = true

    enum Step {
        case next(Int)
        case incomplete
        case notPlain
    }

    /// Takes the field line that starts at `start`; `.next` is where the following line starts.
    mutating func take(_ bytes: UnsafeRawBufferPointer, from start: Int, limit: Int) -> Step {
        var position = start
        while position < limit, ASCII.isTokenCharacter(bytes[position]) { position += 1 }
        guard position < limit else { return .incomplete }
        guard position > start, bytes[position] == UInt8(ascii: ":") else { return .notPlain }
        let name = UnsafeRawBufferPointer(rebasing: bytes[start..<position])
        position += 1
        while position < limit, ASCII.isBlank(bytes[position]) { position += 1 }
        let valueStart = position
        while position < limit, ASCII.isFieldCharacter(bytes[position]) { position += 1 }
        guard position + 1 < limit else { return .incomplete }
        guard bytes[position] == UInt8(ascii: "\r"), bytes[position + 1] == UInt8(ascii: "\n") else { return .notPlain }
        var valueEnd = position
        while valueEnd > valueStart, ASCII.isBlank(bytes[valueEnd - 1]) { valueEnd -= 1 }
        return note(name, valueStart..<valueEnd, in: bytes) ? .next(position + 2) : .notPlain
    }

    /// The head, if everything that has to stand in it does.
    func head(requestLine: Int, length: Int) -> PlainRequestScan {
        guard hasHost, hasContentType, let contentLength, let bearer else { return .notPlain }
        return .plain(
            PlainRequestHead(
                requestLine: requestLine,
                length: length,
                contentLength: contentLength,
                bearer: bearer,
                acceptLanguage: acceptLanguage,
                keepsAlive: keepsAlive
            )
        )
    }

    /// False when the field takes the request out of the plain shape. Names are told apart by length first.
    private mutating func note(
        _ name: UnsafeRawBufferPointer,
        _ range: Range<Int>,
        in bytes: UnsafeRawBufferPointer
    ) -> Bool {
        let value = UnsafeRawBufferPointer(rebasing: bytes[range])
        switch name.count {
        case 2 where ASCII.equal(name, "te"): return false
        case 4 where ASCII.equal(name, "host"):
            defer { hasHost = true }
            return !hasHost && !value.isEmpty
        case 6 where ASCII.equal(name, "cookie") || ASCII.equal(name, "expect"): return false
        case 7 where ASCII.equal(name, "upgrade") || ASCII.equal(name, "trailer"): return false
        case 10 where ASCII.equal(name, "connection"): return noteConnection(value)
        case 12 where ASCII.equal(name, "content-type"):
            defer { hasContentType = true }
            return !hasContentType && ASCII.equal(value, "application/json")
        case 13 where ASCII.equal(name, "authorization"): return noteAuthorization(value, at: range)
        case 14 where ASCII.equal(name, "content-length"): return noteContentLength(value)
        case 15 where ASCII.equal(name, "accept-language"):
            guard acceptLanguage == nil else { return false }
            acceptLanguage = range
            return true
        case 15 where ASCII.equal(name, "idempotency-key"): return false
        case 16 where ASCII.equal(name, "content-encoding") || ASCII.equal(name, "proxy-connection"): return false
        case 17 where ASCII.equal(name, "transfer-encoding"): return false
        default: return true
        }
    }

    private mutating func noteConnection(_ value: UnsafeRawBufferPointer) -> Bool {
        guard !hasConnection else { return false }
        hasConnection = true
        if ASCII.equal(value, "keep-alive") { return true }
        guard ASCII.equal(value, "close") else { return false }
        keepsAlive = false
        return true
    }

    private mutating func noteAuthorization(_ value: UnsafeRawBufferPointer, at range: Range<Int>) -> Bool {
        let scheme = 7
        guard bearer == nil, value.count > scheme,
            ASCII.equal(UnsafeRawBufferPointer(rebasing: value[..<scheme]), "bearer "),
            !value[scheme...].contains(where: ASCII.isBlank)
        else { return false }
        bearer = range.lowerBound + scheme..<range.upperBound
        return true
    }

    /// One run of at most seven digits: more than any body that the hot lane takes.
    private mutating func noteContentLength(_ value: UnsafeRawBufferPointer) -> Bool {
        guard contentLength == nil, (1...7).contains(value.count) else { return false }
        var length = 0
        for byte in value {
            guard let digit = ASCII.digit(byte) else { return false }
            length = length * 10 + digit
        }
        contentLength = length
        return true
    }
}
