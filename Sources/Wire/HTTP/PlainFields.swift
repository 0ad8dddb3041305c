/// The header fields of one request as far as the plain shape cares, gathered line by line.
struct PlainFields {
    private var hasHost = false
    private var hasContentType = false
    private var hasConnection = false
    /// Says nothing to a socket's handshake, which a balancer may have put one into.
    private var hasCookie = false
    private var contentLength: Int?
    private var bearer: Range<Int>?
    private var acceptLanguage: Range<Int>?
    private var keepsAlive = true
    private var handshake = Handshake()

    /// What a WebSocket client says of the upgrade that it asks for (RFC 6455 section 4.1).
    private struct Handshake: Equatable {
        var asksForUpgrade = false
        var namesProtocol = false
        var hasVersion = false
        var key: Range<Int>?
    }

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

    /// The head of a request with a body, if everything that has to stand in it does.
    func head(length: Int) -> PlainRequestScan {
        guard handshake == Handshake(), !hasCookie, hasHost, hasContentType, let contentLength, let bearer else {
            return .notPlain
        }
        return .plain(
            PlainRequestHead(
                length: length,
                contentLength: contentLength,
                bearer: bearer,
                acceptLanguage: acceptLanguage,
                keepsAlive: keepsAlive
            )
        )
    }

    /// The head of a WebSocket handshake, if everything that has to stand in it does.
    func upgradeHead(length: Int) -> PlainRequestScan {
        guard handshake.asksForUpgrade, handshake.namesProtocol, handshake.hasVersion, let key = handshake.key,
            hasHost, contentLength ?? 0 == 0, let bearer
        else { return .notPlain }
        return .upgrade(PlainUpgradeHead(length: length, bearer: bearer, webSocketKey: key))
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
        case 6 where ASCII.equal(name, "expect"): return false
        case 6 where ASCII.equal(name, "cookie"):
            hasCookie = true
            return true
        case 7 where ASCII.equal(name, "trailer"): return false
        case 7 where ASCII.equal(name, "upgrade"):
            defer { handshake.namesProtocol = true }
            return !handshake.namesProtocol && ASCII.equal(value, "websocket")
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
        case 17 where ASCII.equal(name, "sec-websocket-key"):
            guard handshake.key == nil, WebSocketHandshake.isKey(value) else { return false }
            handshake.key = range
            return true
        case 21 where ASCII.equal(name, "sec-websocket-version"):
            defer { handshake.hasVersion = true }
            return !handshake.hasVersion && ASCII.equal(value, "13")
        default: return true
        }
    }

    /// `keep-alive`, `close`, or the list with `Upgrade` in it that a handshake has.
    private mutating func noteConnection(_ value: UnsafeRawBufferPointer) -> Bool {
        guard !hasConnection else { return false }
        hasConnection = true
        if ASCII.equal(value, "keep-alive") { return true }
        if ASCII.equal(value, "close") {
            keepsAlive = false
            return true
        }
        for part in value.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
            let option = part.drop(while: ASCII.isBlank)
            let length = option.lastIndex { !ASCII.isBlank($0) }.map { $0 - option.startIndex + 1 } ?? 0
            let word = UnsafeRawBufferPointer(rebasing: option.prefix(length))
            if ASCII.equal(word, "upgrade") {
                handshake.asksForUpgrade = true
            } else if !ASCII.equal(word, "keep-alive") {
                return false
            }
        }
        return handshake.asksForUpgrade
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
