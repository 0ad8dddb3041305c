import Directory
import NIOCore
import NIOEmbedded
import Testing

@testable import Server

/// How hot connections end.
@Suite(.timeLimit(.minutes(1)))
struct `A hot connection` {
    private static let help = FrontHarness.request()
    private struct Broken: Error {}

    @Test
    func `closes when the client sends no more between requests`() async throws {
        let front = try await FrontHarness()
        try await front.send(Self.help)
        try await front.fire(ChannelEvent.inputClosed)
        #expect(try await front.responses()?.count == 1)
        #expect(front.socket.take() == ["closed"])
        #expect(await front.ended() == ["hot"])
        #expect(front.cold.take().isEmpty)
    }

    @Test
    func `still answers when the client sends no more, and closes then`() async throws {
        let front = try await FrontHarness()
        try await front.send(FrontHarness.slow)
        try await front.fire(ChannelEvent.inputClosed)
        #expect(front.socket.take().isEmpty)
        try await front.botAnswers("네")
        let responses = try #require(try await front.responses())
        #expect(responses.map(\.status) == [200])
        #expect(responses[0].saysClose)
        #expect(front.socket.take() == ["closed"])
    }

    @Test
    func `still answers everything that came before the client's end`() async throws {
        let front = try await FrontHarness()
        try await front.send(FrontHarness.slow + Self.help + Self.help)
        try await front.fire(ChannelEvent.inputClosed)
        try await front.botAnswers("네")
        let responses = try #require(try await front.responses())
        #expect(responses.map(\.status) == [200, 200, 200])
        #expect(responses.map(\.saysClose) == [false, false, true])
        #expect(front.socket.take().last == "closed")
    }

    @Test
    func `leaves it to the cold lane to say what is missing when the client ends within a request`() async throws {
        let front = try await FrontHarness()
        let beginning = String(Self.help.prefix(60))
        try await front.send(Self.help + beginning)
        try await front.fire(ChannelEvent.inputClosed)
        #expect(try await front.responses()?.count == 1)
        #expect(front.cold.take() == ["turn", "bytes \(beginning)", "event inputClosed"])
    }

    @Test
    func `leaves it to the cold lane, too, when the beginning of a request is behind one in hand`() async throws {
        let front = try await FrontHarness()
        let beginning = String(Self.help.prefix(60))
        try await front.send(FrontHarness.slow + beginning)
        try await front.fire(ChannelEvent.inputClosed)
        #expect(front.cold.take().isEmpty)
        try await front.botAnswers("네")
        #expect(try await front.responses()?.map(\.saysClose) == [false])
        #expect(front.cold.take() == ["turn", "bytes \(beginning)", "event inputClosed"])
    }

    @Test
    func `closes at once when the server stops between requests`() async throws {
        let front = try await FrontHarness()
        try await front.send(Self.help)
        try await front.fire(ChannelShouldQuiesceEvent())
        #expect(front.socket.take() == ["closed"])
        #expect(await front.ended() == ["hot"])
    }

    @Test
    func `finishes the message in hand when the server stops`() async throws {
        let front = try await FrontHarness()
        try await front.send(FrontHarness.slow)
        try await front.fire(ChannelShouldQuiesceEvent())
        #expect(front.socket.take().isEmpty)
        try await front.botAnswers("네")
        let responses = try #require(try await front.responses())
        #expect(responses.map(\.status) == [200])
        #expect(responses[0].saysClose)
        #expect(front.socket.take() == ["closed"])
    }

    @Test
    func `finishes a request that is arriving when the server stops`() async throws {
        let front = try await FrontHarness()
        try await front.send(Self.help.prefix(50).utf8)
        try await front.fire(ChannelShouldQuiesceEvent())
        try await front.send(Self.help.dropFirst(50).utf8)
        let responses = try #require(try await front.responses())
        #expect(responses.map(\.saysClose) == [true])
        #expect(front.socket.take().last == "closed")
    }

    @Test
    func `tells the cold lane that the server stops`() async throws {
        let front = try await FrontHarness()
        try await front.send("GET /healthz")
        try await front.fire(ChannelShouldQuiesceEvent())
        let entries = front.cold.take()
        #expect(entries.prefix(2) == ["turn", "bytes GET /healthz"])
        #expect(entries.count == 3 && entries[2].hasPrefix("event ChannelShouldQuiesceEvent"))
    }

    @Test
    func `tells the cold lane, too, when it turns cold only afterwards`() async throws {
        let front = try await FrontHarness()
        let beginning = String(Self.help.prefix(60))
        try await front.send(beginning)
        try await front.fire(ChannelShouldQuiesceEvent())
        #expect(front.cold.take().isEmpty)
        try await front.send("\0")
        let entries = front.cold.take()
        #expect(entries.prefix(2) == ["turn", "bytes \(beginning)\0"])
        #expect(entries.count == 3 && entries[2].hasPrefix("event ChannelShouldQuiesceEvent"))
    }

    @Test
    func `closes after seventy-five seconds without a request`() async throws {
        let front = try await FrontHarness()
        try await front.sweep(after: .seconds(74))
        try await front.send(Self.help)
        try await front.sweep(after: .seconds(74))
        #expect(try await front.responses()?.count == 1)
        #expect(!front.socket.take().contains("closed"))
        try await front.sweep(after: .seconds(1))
        #expect(front.socket.take() == ["closed"])
        #expect(await front.ended() == ["hot"])
    }

    @Test
    func `waits with a message in hand as long as that takes`() async throws {
        let front = try await FrontHarness()
        try await front.send(FrontHarness.slow + Self.help.prefix(30))
        try await front.sweep(after: .minutes(10))
        #expect(!front.socket.take().contains("closed"))
        #expect(front.cold.take().isEmpty)
        try await front.botAnswers("네")
        #expect(try await front.responses()?.map(\.status) == [200])
    }

    @Test
    func `hands a request that has not arrived after five seconds to the cold lane, which has the time limits`()
        async throws
    {
        let front = try await FrontHarness()
        try await front.sweep(after: .seconds(60))
        let beginning = String(Self.help.prefix(60))
        try await front.send(beginning)
        try await front.sweep(after: .seconds(4))
        #expect(front.cold.take().isEmpty)
        try await front.sweep(after: .seconds(1))
        #expect(front.cold.take() == ["turn", "bytes \(beginning)"])
    }

    @Test
    func `counts those five seconds from the first byte, not from the last`() async throws {
        let front = try await FrontHarness()
        for byte in Self.help.utf8.prefix(4) {
            try await front.send(CollectionOfOne(byte))
            try await front.sweep(after: .seconds(1))
        }
        #expect(front.cold.take().isEmpty)
        try await front.sweep(after: .seconds(1))
        #expect(front.cold.take() == ["turn", "bytes POST"])
    }

    @Test
    func `closes when it breaks`() async throws {
        let front = try await FrontHarness()
        try await front.loop.executeInContext { front.client.pipeline.fireErrorCaught(Broken()) }
        #expect(front.socket.take() == ["closed"])
        #expect(await front.ended() == ["hot"])
    }

    @Test
    func `that the client leaves lets the message go on without it`() async throws {
        let front = try await FrontHarness()
        try await front.send(FrontHarness.slow)
        try await front.client.close().get()
        #expect(await front.ended() == ["hot"])
        try await front.botAnswers("네")
        #expect(try await front.responses() == [])
    }

    @Test
    func `is swept no more once it is over`() async throws {
        let front = try await FrontHarness()
        try await front.client.close().get()
        await front.loop.run()
        try await front.sweep(after: .minutes(10))
        #expect(await front.ended() == ["hot"])
        #expect(front.socket.take() == ["closed"])
    }
}
