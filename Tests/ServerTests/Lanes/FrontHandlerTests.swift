import BSON
import Directory
import NIOCore
import NIOEmbedded
import Testing

@testable import Server

/// Hot requests, byte for byte.
@Suite(.timeLimit(.minutes(1)))
struct `The front` {
    private static let help = FrontHarness.request()

    @Test
    func `answers a hot request`() async throws {
        let front = try await FrontHarness()
        try await front.send(Self.help)
        let response = try #require(try await front.responses()?.first)
        #expect(response.status == 200)
        #expect(
            response.fields == [
                "content-type": "application/json", "cache-control": "no-store",
                "content-length": "\(response.body.utf8.count)",
            ]
        )
        #expect(response.json?["status"] == "completed")
        #expect(response.json?["text"] == "/help")
        #expect(try await front.isHot())
        #expect(front.cold.take().isEmpty)
        #expect(front.socket.take().isEmpty)
    }

    @Test
    func `writes each head as it should be`() async throws {
        let front = try await FrontHarness()
        try await front.send(Self.help)
        let bytes = try #require(try await front.client.readOutbound(as: ByteBuffer.self))
        let head = String(buffer: bytes).prefix { $0 != "{" }
        let expected =
            /HTTP\/1\.1 200 OK\r\ncontent-type: application\/json\r\ncache-control: no-store\r\ncontent-length: \d+\r\ndate: (Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT\r\n\r\n/
        #expect(head.wholeMatch(of: expected) != nil, "\(head)")
    }

    @Test
    func `answers one after the other over one connection`() async throws {
        let front = try await FrontHarness()
        for _ in 0..<10 {
            try await front.send(Self.help)
            #expect(try await front.responses()?.map(\.status) == [200])
        }
        #expect(try await front.isHot())
    }

    @Test
    func `answers a request that arrives in two parts, wherever it is cut`() async throws {
        let front = try await FrontHarness()
        let bytes = Array(Self.help.utf8)
        for cut in 1..<bytes.count {
            try await front.send(bytes[..<cut])
            #expect(try await front.responses() == [], "cut after \(cut) bytes")
            try await front.send(bytes[cut...])
            #expect(try await front.responses()?.map(\.status) == [200], "cut after \(cut) bytes")
        }
        #expect(try await front.isHot())
        #expect(front.cold.take().isEmpty)
    }

    @Test
    func `answers a request that arrives byte by byte`() async throws {
        let front = try await FrontHarness()
        for byte in FrontHarness.request(#"{"text":"/도움"}"#).utf8 { try await front.send(CollectionOfOne(byte)) }
        let responses = try await front.responses()
        #expect(responses?.map(\.status) == [200])
        #expect(responses?.first?.json?["text"] == "/도움")
    }

    @Test
    func `answers requests that arrive together in their order`() async throws {
        let front = try await FrontHarness()
        let texts = ["/help", "/help 예약", "/nothing", "/도움"]
        try await front.send(texts.map { FrontHarness.request(#"{"text":"\#($0)"}"#) }.joined())
        let responses = try #require(try await front.responses())
        #expect(responses.map(\.status) == [200, 200, 404, 200])
        #expect(responses.compactMap { $0.json?["text"]?.string } == ["/help", "/help 예약", "/도움"])
    }

    @Test
    func `carries a message to the bot and the reply back`() async throws {
        let front = try await FrontHarness()
        try await front.send(FrontHarness.slow)
        #expect(try await front.calls().hasPrefix("POST /messages HTTP/1.1\r\nhost: bot.example.com\r\n"))
        #expect(try await front.responses() == [])
        try await front.botAnswers("예약했습니다.")
        let response = try #require(try await front.responses()?.first)
        #expect(response.status == 200)
        #expect(response.json?["reply"] == ["text": "예약했습니다."])
    }

    @Test
    func `keeps what follows waiting while a message is with the bot`() async throws {
        let front = try await FrontHarness()
        try await front.send(FrontHarness.slow + Self.help + FrontHarness.slow)
        #expect(try await front.calls().contains("webhook-id"))
        try await front.send(Self.help.prefix(40).utf8)
        #expect(try await front.responses() == [])
        #expect(try await front.calls() == "")
        try await front.botAnswers("1")
        let responses = try await front.responses()
        #expect(responses?.compactMap { $0.json?["reply"]?["text"]?.string?.prefix(1) } == ["1", "/"])
        #expect(try await front.calls().contains("webhook-id"))
        try await front.botAnswers("2")
        try await front.send(Self.help.dropFirst(40).utf8)
        #expect(try await front.responses()?.map(\.status) == [200, 200])
    }

    @Test
    func `reads no further ahead than its bound while a message is with the bot`() async throws {
        let front = try await FrontHarness()
        try await front.send(FrontHarness.slow)
        let requests = Array(String(repeating: Self.help, count: 1 + 256 * 1024 / Self.help.utf8.count).utf8)
        try await front.send(requests[..<200_000])
        #expect(try await front.reads())
        try await front.send(requests[200_000...])
        #expect(try await !front.reads())
        try await front.botAnswers("네")
        // What was held back is read now.
        #expect(front.socket.take() == ["read"])
        #expect(try await front.reads())
        let responses = try await front.responses()
        #expect(responses?.count == 2 + 256 * 1024 / Self.help.utf8.count)
    }

    @Test
    func `closes after the answer when the client says so`() async throws {
        let front = try await FrontHarness()
        try await front.send(FrontHarness.request(fields: "Connection: close\r\n") + Self.help)
        let responses = try #require(try await front.responses())
        #expect(responses.count == 1)
        #expect(responses.first?.saysClose == true)
        #expect(front.socket.take() == ["closed"])
        #expect(await front.ended() == ["hot"])
    }

    struct Refusal: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let key: String
        let status: Int
        let code: String
    }

    static let refusals = [
        Refusal(testDescription: "no key", key: "nothing", status: 401, code: "key_malformed"),
        Refusal(
            testDescription: "a typo",
            key: Sample.memberKey.text.dropLast() + "_",
            status: 401,
            code: "key_malformed"
        ),
        Refusal(testDescription: "nobody's", key: Sample.unknownKey.text, status: 401, code: "key_unknown"),
        Refusal(testDescription: "revoked", key: Sample.revokedKey.text, status: 401, code: "key_revoked"),
        Refusal(testDescription: "expired", key: Sample.expiredKey.text, status: 401, code: "key_expired"),
        Refusal(testDescription: "a bot's", key: Sample.botKey.text, status: 403, code: "key_wrong_kind"),
        Refusal(testDescription: "an admin's", key: Sample.adminKey.text, status: 403, code: "key_wrong_kind"),
    ]

    @Test(arguments: refusals)
    func `refuses a key that may not send, and goes on`(refusal: Refusal) async throws {
        let front = try await FrontHarness()
        try await front.send(FrontHarness.request(key: refusal.key))
        let response = try #require(try await front.responses()?.first)
        #expect(response.status == refusal.status)
        #expect(response.code == refusal.code)
        #expect(response.fields["content-type"] == "application/problem+json")
        #expect(response.fields["content-language"] == "en")
        #expect(response.fields["www-authenticate"] == (refusal.status == 401 ? "Bearer" : nil))
        try await front.send(Self.help)
        #expect(try await front.responses()?.map(\.status) == [200])
    }

    @Test(arguments: [("ko", "ko"), ("en-GB,ko;q=0.5", "en"), ("ko-KR,en;q=0.9", "ko"), ("fr", "en")])
    func `speaks the client's language`(header: String, language: String) async throws {
        let front = try await FrontHarness()
        let fields = "Accept-Language: \(header)\r\n"
        try await front.send(FrontHarness.request(#"{"text":"/nothing"}"#, fields: fields))
        let response = try #require(try await front.responses()?.first)
        #expect(response.status == 404)
        #expect(response.fields["content-language"] == language)
        let isKorean = response.json?["detail"]?.string?.contains { ("가"..."힣").contains($0) }
        #expect(isKorean == (language == "ko"))
    }

    @Test
    func `says when to come back to whoever sends too much`() async throws {
        let front = try await FrontHarness(messagesPerSecond: 1)
        try await front.send(Self.help + Self.help + Self.help)
        let responses = try #require(try await front.responses())
        #expect(responses.map(\.status) == [200, 200, 429])
        #expect(responses.last?.code == "rate_limited")
        #expect(responses.last?.fields["retry-after"] == "1")
        #expect(responses.last?.json?["id"] == nil)
    }

    @Test
    func `answers with the running message when the wait is over`() async throws {
        let front = try await FrontHarness()
        try await front.send(FrontHarness.request(#"{"text":"/예약 회의실 10~11","wait_seconds":0}"#))
        let response = try #require(try await front.responses()?.first)
        #expect(response.status == 202)
        #expect(response.json?["status"] == "running")
        try await front.botAnswers("늦었네요")
        #expect(try await front.responses() == [])
    }
}
