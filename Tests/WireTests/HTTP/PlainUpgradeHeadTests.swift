import Testing

@testable import Wire

@Suite
struct `A WebSocket handshake in the plain shape` {
    private static let scanner = PlainRequestScanner(
        requestLine: "POST /v1/messages HTTP/1.1",
        upgradeLine: "GET /v1/me/socket HTTP/1.1"
    )
    private static let fields = [
        "Host: h", "Authorization: Bearer hwb_secret", "Connection: Upgrade", "Upgrade: websocket",
        "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
    ]

    private static func head(_ fields: [String], line: String = "GET /v1/me/socket HTTP/1.1") -> String {
        ([line] + fields).joined(separator: "\r\n") + "\r\n\r\n"
    }

    private func scan(_ text: String) -> PlainRequestScan {
        Array(text.utf8).withUnsafeBytes(Self.scanner.scan)
    }

    @Test
    func `is taken apart, with extensions and subprotocols passed over`() throws {
        let text = Self.head(Self.fields + ["Sec-WebSocket-Extensions: permessage-deflate", "User-Agent: x"])
        guard case .upgrade(let head) = scan(text + "frames") else {
            Issue.record("It should be plain.")
            return
        }
        #expect(head.length == text.utf8.count)
        let bytes = Array(text.utf8)
        #expect(String(decoding: bytes[head.bearer], as: UTF8.self) == "hwb_secret")
        #expect(String(decoding: bytes[head.webSocketKey], as: UTF8.self) == "dGhlIHNhbXBsZSBub25jZQ==")
    }

    @Test
    func `may keep the connection alive and say that it has no body`() {
        let others = Self.fields.filter { !$0.hasPrefix("Connection") }
        let ways = [
            ["Connection: keep-alive, Upgrade"], ["Connection: Upgrade ,\tkeep-alive"],
            ["connection: upgrade", "Content-Length: 0"], ["Connection: Upgrade", "Cookie: stick=1"],
        ]
        for added in ways {
            guard case .upgrade = scan(Self.head(others + added)) else {
                Issue.record("\(added) should be plain.")
                continue
            }
        }
    }

    @Test
    func `is incomplete at every cut`() {
        let text = Self.head(Self.fields)
        for length in 0..<text.utf8.count {
            #expect(scan(String(decoding: text.utf8.prefix(length), as: UTF8.self)) == .incomplete)
        }
    }

    @Test(arguments: fields)
    func `lacks nothing and says nothing twice`(field: String) {
        #expect(scan(Self.head(Self.fields.filter { $0 != field })) == .notPlain)
        #expect(scan(Self.head(Self.fields + [field])) == .notPlain)
    }

    @Test(arguments: [
        "Upgrade: h2c", "Sec-WebSocket-Version: 8", "Sec-WebSocket-Key: short", "Connection: close",
        "Connection: Upgrade, close", "Connection: Upgrade,", "Connection: keep-alive", "Content-Length: 1",
    ])
    func `asks for nothing else`(field: String) {
        let name = field.prefix { $0 != ":" }
        #expect(scan(Self.head(Self.fields.filter { !$0.hasPrefix(name) } + [field])) == .notPlain)
    }

    @Test
    func `is no message, and a message no handshake`() {
        let message = ["Content-Type: application/json", "Content-Length: 2"]
        #expect(scan(Self.head(Self.fields + message, line: "POST /v1/messages HTTP/1.1")) == .notPlain)
        #expect(scan(Self.head(Array(Self.fields.prefix(2)))) == .notPlain)
    }
}
