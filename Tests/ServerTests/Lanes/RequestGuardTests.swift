import NIOCore
import Testing

@testable import Server

/// The ordinary pipeline with everything in it, byte for byte.
@Suite(.timeLimit(.minutes(1)))
struct `The cold lane` {
    private static let health = "GET /healthz HTTP/1.1\r\nHost: h\r\n\r\n"

    private static func echo(_ body: String = #"{"a":1}"#, fields: String = "") -> String {
        "POST /echo HTTP/1.1\r\nHost: h\r\n\(fields)Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
    }

    @Test
    func `answers over and over`() async throws {
        try await ColdHarness.with { cold in
            for _ in 0..<3 {
                try await cold.send(Self.health)
                let health = try await cold.response()
                #expect(health.status == 200 && health.body == "alive" && !health.saysClose)
                try await cold.send(Self.echo())
                #expect(try await cold.response().body == #"{"a":1}"#)
            }
            #expect(await !cold.socket().contains("closed"))
        }
    }

    @Test
    func `answers requests that arrive together in their order`() async throws {
        try await ColdHarness.with { cold in
            try await cold.send(Self.health + Self.echo() + Self.echo(#"{"b":2}"#))
            #expect(try await cold.response().body == "alive")
            #expect(try await cold.response().body == #"{"a":1}"#)
            #expect(try await cold.response().body == #"{"b":2}"#)
        }
    }

    @Test
    func `answers a request that arrives byte by byte`() async throws {
        try await ColdHarness.with { cold in
            for byte in Self.echo() { try await cold.send(String(byte)) }
            #expect(try await cold.response().body == #"{"a":1}"#)
        }
    }

    struct Bad: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let text: String
        let status: Int
        let code: String

        init(_ description: String, _ text: String, _ status: Int = 400, _ code: String = "malformed_request") {
            testDescription = description
            self.text = text
            self.status = status
            self.code = code
        }
    }

    static let bad = [
        Bad("garbage", "\0\0\0\0\r\n\r\n"),
        Bad("TLS", "\u{16}\u{3}\u{1}\u{2}\0\u{1}\0"),
        Bad("no version", "GET /healthz\r\n\r\n"),
        Bad("an unknown version", "GET /healthz HTTP/9.9\r\n\r\n"),
        Bad("a space in a name", "GET /healthz HTTP/1.1\r\nHo st: h\r\n\r\n"),
        Bad("a negative length", "POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: -1\r\n\r\n"),
        Bad("two lengths", "POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n"),
        Bad("HTTP/2's preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
        Bad(
            "a long field",
            "GET /healthz HTTP/1.1\r\nHost: h\r\nX: \(String(repeating: "x", count: 17_000))\r\n\r\n",
            431,
            "head_too_large"
        ),
        Bad(
            "many fields",
            "GET /healthz HTTP/1.1\r\nHost: h\r\n\((0..<120).map { "X\($0): x\r\n" }.joined())\r\n",
            431,
            "head_too_large"
        ),
    ]

    @Test(arguments: bad)
    func `answers what it cannot read with a problem, and closes`(bad: Bad) async throws {
        try await ColdHarness.with { cold in
            try await cold.send(bad.text)
            let response = try await cold.response()
            #expect(response.status == bad.status)
            #expect(response.code == bad.code)
            #expect(response.fields["content-type"] == "application/problem+json")
            #expect(response.saysClose)
            #expect(await cold.socket().contains("output closed"))
            #expect(try await !cold.hasMore())
        }
    }

    @Test
    func `answers what came before what it cannot read first`() async throws {
        try await ColdHarness.with { cold in
            try await cold.send(Self.health + Self.echo() + "garbage\r\n\r\n")
            #expect(try await cold.response().body == "alive")
            #expect(try await cold.response().body == #"{"a":1}"#)
            let last = try await cold.response()
            #expect(last.status == 400 && last.code == "malformed_request" && last.saysClose)
        }
    }

    @Test
    func `closes both ways once the client has read and ended, too`() async throws {
        try await ColdHarness.with { cold in
            try await cold.send("garbage\r\n\r\n")
            _ = try await cold.response()
            #expect(await !cold.socket().contains("closed"))
            try await cold.endInput()
            #expect(await cold.socket().contains("closed"))
        }
    }

    @Test
    func `closes both ways after two seconds when the client goes on sending`() async throws {
        try await ColdHarness.with { cold in
            try await cold.send("garbage\r\n\r\n")
            _ = try await cold.response()
            try await cold.send(String(repeating: "x", count: 100_000))
            await cold.advance(by: .milliseconds(1999))
            #expect(await !cold.socket().contains("closed"))
            await cold.advance(by: .milliseconds(1))
            #expect(await cold.socket().contains("closed"))
            #expect(try await !cold.hasMore())
        }
    }

    @Test
    func `closes behind a request that asks for another protocol`() async throws {
        try await ColdHarness.with { cold in
            let upgrade = "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n"
            try await cold.send("GET /healthz HTTP/1.1\r\nHost: h\r\n\(upgrade)\r\n" + Self.health)
            let response = try await cold.response()
            #expect(response.body == "alive")
            #expect(response.saysClose)
            #expect(await cold.socket().contains("output closed"))
            #expect(try await !cold.hasMore())
        }
    }

    @Test
    func `closes behind a request that says so`() async throws {
        try await ColdHarness.with { cold in
            try await cold.send("GET /healthz HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n" + Self.health)
            let response = try await cold.response()
            #expect(response.body == "alive" && response.saysClose)
            #expect(await cold.socket().contains("output closed"))
            #expect(try await !cold.hasMore())
        }
    }

    @Test
    func `invites the body of a client that waits for it`() async throws {
        try await ColdHarness.with { cold in
            let request = Self.echo(fields: "Expect: 100-continue\r\n")
            let head = request.prefix { $0 != "{" }
            try await cold.send(String(head))
            let invitation = try await cold.response()
            #expect(invitation.status == 100)
            #expect(invitation.fields.isEmpty)
            try await cold.send(String(request.dropFirst(head.count)))
            #expect(try await cold.response().body == #"{"a":1}"#)
        }
    }

    @Test
    func `does not invite into the middle of another response`() async throws {
        try await ColdHarness.with { cold in
            // Both arrive at once: the second waits for the first, and its body is here anyway.
            try await cold.send(Self.health + Self.echo(fields: "Expect: 100-continue\r\n"))
            #expect(try await cold.response().body == "alive")
            #expect(try await cold.response().body == #"{"a":1}"#)
        }
    }

    @Test(arguments: ["", "G", "GET /healthz HTTP/1.1\r\nHost: h\r\n"])
    func `gives the head of a request thirty seconds`(beginning: String) async throws {
        try await ColdHarness.with { cold in
            try await cold.send("\r\n" + beginning)
            await cold.advance(by: .milliseconds(29_999))
            #expect(try await !cold.hasMore())
            await cold.advance(by: .milliseconds(1))
            let response = try await cold.response()
            #expect(response.status == 408)
            #expect(response.code == "request_timeout")
            #expect(response.saysClose)
            #expect(await cold.socket().contains("output closed"))
        }
    }

    @Test
    func `gives head and body together thirty seconds, however they drip`() async throws {
        try await ColdHarness.with { cold in
            let request = Array(Self.echo())
            for character in request.prefix(29) {
                try await cold.send(String(character))
                await cold.advance(by: .seconds(1))
            }
            try await cold.send(String(request[29..<request.count - 1]))
            #expect(try await !cold.hasMore())
            await cold.advance(by: .seconds(1))
            let response = try await cold.response()
            #expect(response.status == 408)
            #expect(response.code == "request_timeout")
            #expect(response.saysClose)
        }
    }

    @Test
    func `gives every request its own thirty seconds`() async throws {
        try await ColdHarness.with { cold in
            for _ in 0..<4 {
                let request = Self.echo()
                try await cold.send(String(request.dropLast()))
                await cold.advance(by: .seconds(20))
                try await cold.send(String(request.suffix(1)))
                #expect(try await cold.response().status == 200)
            }
        }
    }

    @Test
    func `only closes when the body is missing that nobody waited for`() async throws {
        try await ColdHarness.with { cold in
            try await cold.send("POST /deaf HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\nhalf")
            #expect(try await cold.response().body == "done")
            await cold.advance(by: .seconds(31))
            #expect(await cold.socket().contains("output closed"))
            #expect(try await !cold.hasMore())
        }
    }

    @Test
    func `passes over a body that nobody waited for`() async throws {
        try await ColdHarness.with { cold in
            try await cold.send("POST /deaf HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\n\r\nbody" + Self.health)
            #expect(try await cold.response().body == "done")
            #expect(try await cold.response().body == "alive")
        }
    }

    @Test
    func `answers once when the body turns out unreadable`() async throws {
        try await ColdHarness.with { cold in
            try await cold.send("POST /echo HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\nzz\r\n")
            let response = try await cold.response()
            #expect(response.status == 400)
            #expect(response.code == "malformed_request")
            #expect(response.saysClose)
            #expect(try await !cold.hasMore())
        }
    }

    private static let unreadableBody =
        "POST /deaf HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n"

    @Test
    func `answers once when the route did not look at a body that is unreadable`() async throws {
        try await ColdHarness.with { cold in
            try await cold.send(Self.unreadableBody + "zz\r\n")
            let response = try await cold.response()
            #expect(response.saysClose)
            #expect(await cold.socket().contains("output closed"))
            #expect(try await !cold.hasMore())
        }
    }

    @Test
    func `only closes when a body becomes unreadable after the answer`() async throws {
        try await ColdHarness.with { cold in
            try await cold.send(Self.unreadableBody)
            #expect(try await cold.response().body == "done")
            try await cold.send("zz\r\n")
            #expect(await cold.socket().contains("output closed"))
            #expect(try await !cold.hasMore())
        }
    }

    @Test(arguments: [("ko", "ko"), ("en", "en")])
    func `speaks the language of the request that failed`(header: String, language: String) async throws {
        try await ColdHarness.with { cold in
            let head = "POST /echo HTTP/1.1\r\nHost: h\r\nAccept-Language: \(header)\r\nContent-Length: 4\r\n\r\n"
            try await cold.send(head + "half".prefix(2))
            await cold.advance(by: .seconds(31))
            let response = try await cold.response()
            #expect(response.status == 408)
            #expect(response.fields["content-language"] == language)
        }
    }
}
