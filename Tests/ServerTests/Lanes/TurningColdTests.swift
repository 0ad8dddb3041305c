import Directory
import NIOCore
import NIOEmbedded
import Testing

@testable import Server

/// The way from the hot lane to the cold one: once, and with every byte.
@Suite(.timeLimit(.minutes(1)))
struct `Turning cold` {
    private static let help = FrontHarness.request()
    private static let body = #"{"text":"/help"}"#

    struct Request: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let text: String

        init(_ description: String, _ text: String) {
            testDescription = description
            self.text = text
        }
    }

    private static func replacing(_ line: String, with other: String) -> String {
        help.replacing(line, with: other)
    }

    static let requests = [
        Request("another route", "GET /healthz HTTP/1.1\r\nHost: h\r\n\r\n"),
        Request("another method", replacing("POST ", with: "PUT ")),
        Request("a query", replacing("/v1/messages", with: "/v1/messages?x=1")),
        Request("HTTP/1.0", replacing("HTTP/1.1", with: "HTTP/1.0")),
        Request("HTTP/2's preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
        Request("TLS", "\u{16}\u{3}\u{1}"),
        Request("garbage", "\0\0\0\0"),
        Request("bare line feeds", help.replacing("\r\n", with: "\n")),
        Request("no host", replacing("Host: chat.example.com\r\n", with: "")),
        Request("no key", replacing("Authorization: Bearer \(Sample.memberKey.text)\r\n", with: "")),
        Request("two keys", FrontHarness.request(fields: "Authorization: Bearer x\r\n")),
        Request("a cookie", FrontHarness.request(fields: "Cookie: a=b\r\n")),
        Request("an expectation", FrontHarness.request(fields: "Expect: 100-continue\r\n")),
        Request("an idempotency key", FrontHarness.request(fields: "Idempotency-Key: 1\r\n")),
        Request("an upgrade", FrontHarness.request(fields: "Connection: Upgrade\r\nUpgrade: h2c\r\n")),
        Request("chunks", FrontHarness.request(fields: "Transfer-Encoding: chunked\r\n")),
        Request("two lengths", FrontHarness.request(fields: "Content-Length: 16\r\n")),
        Request("another media type", replacing("application/json", with: "text/plain")),
        Request("no JSON", FrontHarness.request("{")),
        Request("an unknown field", FrontHarness.request(#"{"text":"/help","x":1}"#)),
        Request("an empty body", FrontHarness.request("")),
        Request("an empty text", FrontHarness.request(#"{"text":""}"#)),
        Request("a long wait", FrontHarness.request(#"{"text":"/help","wait_seconds":31}"#)),
        Request("a wrong type", FrontHarness.request(#"{"text":1}"#)),
        Request("a text that begins with white space", FrontHarness.request(#"{"text":" /help"}"#)),
        Request("a text that begins beyond ASCII", FrontHarness.request(#"{"text":"／도움"}"#)),
        Request("a long text", FrontHarness.request(#"{"text":"\#(String(repeating: "x", count: 20_001))"}"#)),
        Request("a long body", FrontHarness.request(#"{"text":"\#(String(repeating: "x", count: 131_072))"}"#)),
    ]

    @Test(arguments: requests)
    func `hands over every byte of a request that is not plain`(request: Request) async throws {
        let front = try await FrontHarness()
        try await front.send(Self.help)
        try await front.send(request.text)
        #expect(try await front.responses()?.map(\.status) == [200])
        #expect(front.cold.take() == ["turn", "bytes \(request.text)"])
        #expect(try await !front.isHot())
    }

    @Test(arguments: requests.filter { $0.text.utf8.count < 1000 })
    func `hands over every byte wherever the request is cut`(request: Request) async throws {
        let bytes = Array(request.text.utf8)
        var front = try await FrontHarness()
        for cut in 1..<bytes.count {
            front = try await front.reconnected()
            try await front.send(bytes[..<cut])
            try await front.send(bytes[cut...])
            let entries = front.cold.take()
            #expect(entries.first == "turn", "cut after \(cut) bytes")
            let handed = entries.dropFirst().map { $0.dropFirst("bytes ".count) }.joined()
            #expect(handed == request.text, "cut after \(cut) bytes")
            #expect(try await front.responses() == [])
        }
    }

    @Test
    func `takes what comes behind the request along`() async throws {
        let front = try await FrontHarness()
        let cold = "GET /v1/me HTTP/1.1\r\n\r\n"
        try await front.send(Self.help + cold + Self.help)
        #expect(try await front.responses()?.count == 1)
        #expect(front.cold.take() == ["turn", "bytes \(cold + Self.help)"])
    }

    @Test
    func `waits for the messages before`() async throws {
        let front = try await FrontHarness()
        let cold = "GET /v1/me HTTP/1.1\r\n\r\n"
        try await front.send(FrontHarness.slow + cold)
        #expect(front.cold.take().isEmpty)
        try await front.botAnswers("네")
        #expect(try await front.responses()?.map(\.status) == [200])
        #expect(front.cold.take() == ["turn", "bytes \(cold)"])
    }

    @Test
    func `is for good: later bytes, events and errors pass by`() async throws {
        struct Broken: Error {}
        let front = try await FrontHarness()
        try await front.send("PUT /")
        _ = front.cold.take()
        try await front.send(Self.help)
        try await front.fire(ChannelEvent.inputClosed)
        try await front.loop.executeInContext { front.client.pipeline.fireErrorCaught(Broken()) }
        try await front.client.close().get()
        #expect(front.cold.take() == ["bytes \(Self.help)", "event inputClosed", "error", "inactive"])
        #expect(try await front.responses() == [])
        #expect(await front.ended().isEmpty)
    }

    @Test
    func `is not swept any more`() async throws {
        let front = try await FrontHarness()
        try await front.send("PUT /")
        _ = front.socket.take()
        try await front.sweep(after: .minutes(10))
        #expect(!front.socket.take().contains("closed"))
    }
}
