import Testing

@testable import Wire

@Suite("Plain request heads")
struct PlainRequestScannerTests {
    static let scanner = PlainRequestScanner(
        requestLine: "POST /v1/messages HTTP/1.1",
        upgradeLine: "GET /v1/me/socket HTTP/1.1"
    )
    static let plain = """
        POST /v1/messages HTTP/1.1\r\n\
        Host: chat.example.com\r\n\
        Authorization: Bearer hwm_secret\r\n\
        Accept-Language: ko\r\n\
        Content-Type: application/json\r\n\
        Content-Length: 17\r\n\
        \r\n
        """

    static func scan(_ text: String) -> PlainRequestScan {
        Array(text.utf8).withUnsafeBytes(scanner.scan)
    }

    static func text(_ range: Range<Int>, of text: String) -> String {
        String(decoding: Array(text.utf8)[range], as: UTF8.self)
    }

    @Test("A plain head is taken apart")
    func plainHead() throws {
        guard case .plain(let head) = Self.scan(Self.plain + #"{"text":"/도움"}"#) else {
            Issue.record("It should be plain.")
            return
        }
        #expect(head.length == Self.plain.utf8.count)
        #expect(head.contentLength == 17)
        #expect(Self.text(head.bearer, of: Self.plain) == "hwm_secret")
        #expect(head.acceptLanguage.map { Self.text($0, of: Self.plain) } == "ko")
        #expect(head.keepsAlive)
    }

    @Test("Every beginning of a plain head is incomplete")
    func everyBeginning() {
        for length in 0..<Self.plain.utf8.count {
            let beginning = String(decoding: Self.plain.utf8.prefix(length), as: UTF8.self)
            #expect(Self.scan(beginning) == .incomplete, "after \(length) bytes")
        }
    }

    @Test(
        "What does not change the request may stand in a plain head",
        arguments: [
            "User-Agent: curl/8", "Accept: */*", "Accept-Encoding: gzip", "X-Request-ID:\t1 ", "Connection: keep-alive",
            "traceparent: 00-1-1-00", "Empty:",
        ]
    )
    func harmless(line: String) {
        let text = Self.plain.replacingLine("Accept-Language: ko", with: line)
        guard case .plain = Self.scan(text) else {
            Issue.record("\(line) should be plain.")
            return
        }
    }

    @Test(
        "What changes the request, or is malformed, is the cold lane's",
        arguments: [
            "Transfer-Encoding: chunked", "Expect: 100-continue", "Cookie: a=b", "Idempotency-Key: 1", "Upgrade: h2c",
            "Connection: upgrade", "Connection: keep-alive, close", "TE: trailers", "Trailer: a",
            "Content-Encoding: gzip",
            "Host: other", "Content-Length: 17", "Authorization: Bearer x", "Content-Type: application/json",
            "Accept-Language: en\r\nAccept-Language: ko", "Bad Name: 1", ": 1", "No-Colon", "Fold: a\r\n b",
            "Control: a\u{1}b", "Umlaut: ä", "Bare: a\nB: c", "Proxy-Connection: close",
        ]
    )
    func odd(line: String) {
        #expect(Self.scan(Self.plain.replacingLine("Accept-Language: ko", with: line)) == .notPlain)
    }

    @Test(
        "A head without what it needs, or with a value that is not plain, is the cold lane's",
        arguments: [
            ("Host: chat.example.com", "A: b"), ("Host: chat.example.com", "Host:"),
            ("Authorization: Bearer hwm_secret", "A: b"),
            ("Authorization: Bearer hwm_secret", "Authorization: Basic YQ=="),
            ("Authorization: Bearer hwm_secret", "Authorization: Bearer"),
            ("Authorization: Bearer hwm_secret", "Authorization: Bearer a b"),
            ("Content-Type: application/json", "A: b"), ("Content-Type: application/json", "Content-Type: text/plain"),
            ("Content-Length: 17", "A: b"), ("Content-Length: 17", "Content-Length: +17"),
            ("Content-Length: 17", "Content-Length: 12345678"), ("Content-Length: 17", "Content-Length: 1, 7"),
            ("Content-Length: 17", "Content-Length:"),
        ]
    )
    func lacking(line: String, replacement: String) {
        #expect(Self.scan(Self.plain.replacingLine(line, with: replacement)) == .notPlain)
    }

    @Test(
        "Another request line is the cold lane's as soon as it shows",
        arguments: [
            "GET /v1/messages HTTP/1.1", "POST /v1/messages HTTP/1.0", "POST /v1/messages?a=b HTTP/1.1", "\r\n", "x",
        ]
    )
    func otherRequestLine(line: String) {
        #expect(Self.scan(line + "\r\n") == .notPlain)
    }

    @Test("A head that is too long is the cold lane's")
    func tooLong() {
        let filler = "X: " + String(repeating: "a", count: PlainRequestScanner.maximumHeadLength)
        #expect(Self.scan(Self.plain.replacingLine("Accept-Language: ko", with: filler)) == .notPlain)
        #expect(Self.scan("POST /v1/messages HTTP/1.1\r\n" + filler) == .notPlain)
    }

    @Test("Names are blind to case, and the client may close")
    func namesAndClose() {
        let text = Self.plain.lowercasedNames.replacingLine("accept-language: ko", with: "CONNECTION: Close")
        guard case .plain(let head) = Self.scan(text) else {
            Issue.record("It should be plain.")
            return
        }
        #expect(!head.keepsAlive)
    }
}

extension String {
    fileprivate func replacingLine(_ line: String, with replacement: String) -> String {
        split(separator: "\r\n", omittingEmptySubsequences: false)
            .map { $0 == line ? replacement : String($0) }
            .joined(separator: "\r\n")
    }

    fileprivate var lowercasedNames: String {
        let lines = split(separator: "\r\n", omittingEmptySubsequences: false)
        return lines.enumerated()
            .map { index, line in
                guard index > 0, let colon = line.firstIndex(of: ":") else { return String(line) }
                return line[..<colon].lowercased() + line[colon...]
            }
            .joined(separator: "\r\n")
    }
}
