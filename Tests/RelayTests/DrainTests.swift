import API
import BSON
import Directory
import NIOCore
import Testing

@testable import Relay

@Suite(.timeLimit(.minutes(1)))
struct `Draining` {
    @Test
    func `ends at once when nothing is in hand`() async throws {
        try await withRelay { relay in
            await relay.relay.drain(for: .seconds(600))
            #expect(await relay.send().problem?.code == .shuttingDown)
        }
    }

    @Test
    func `finishes what is with a bot, and takes nothing new`() async throws {
        try await withRelay { relay in
            async let answer = relay.send()
            let call = try await relay.server.next()
            async let drained: Void = relay.relay.drain(for: .seconds(600))
            try await relay.untilDraining()
            guard case .refused(let problem) = await relay.send("/help") else {
                Issue.record("No message should be taken.")
                return
            }
            #expect(problem.code == .shuttingDown)
            try await call.answer("네")
            #expect(await answer.message?.reply == ["text": "네"])
            await drained
        }
    }

    @Test
    func `waits for calls that nobody waits for, and not for replies that come later`() async throws {
        try await withRelay { relay in
            let id = try #require(await relay.send(wait: .zero).message?.id)
            let call = try await relay.server.next()
            async let drained: Void = relay.relay.drain(for: .seconds(600))
            try await relay.untilDraining()
            try await call.send("HTTP/1.1 202 Accepted\r\ncontent-length: 0\r\n\r\n")
            await drained
            #expect(try await relay.relay.message(id, of: Sample.member.resourceID).status == .running)
            // The process still lives, so a reply still counts.
            try await relay.relay.reply(to: id, from: relay.bot.resourceID, ["text": "네"])
        }
    }

    @Test
    func `waits for whoever waits for a reply that comes later`() async throws {
        try await withRelay { relay in
            async let answer = relay.send()
            let call = try await relay.server.next()
            try await call.send("HTTP/1.1 202 Accepted\r\ncontent-length: 0\r\n\r\n")
            async let drained: Void = relay.relay.drain(for: .seconds(600))
            try await relay.untilDraining()
            let id = try call.messageID
            try await relay.relay.reply(to: id, from: relay.bot.resourceID, ["text": "네"])
            #expect(await answer.message?.status == .completed)
            await drained
        }
    }

    @Test
    func `tells whoever still waits at its end that the message runs`() async throws {
        try await withRelay { relay in
            async let answer = relay.send()
            _ = try await relay.server.next()
            await relay.relay.drain(for: .zero)
            #expect(await answer.message?.status == .running)
        }
    }

    @Test
    func `closes idle connections`() async throws {
        try await withRelay { relay in
            let call = try await relay.converse()
            await relay.relay.drain(for: .seconds(600))
            try await call.closed()
        }
    }

    @Test
    func `covers all event loops`() async throws {
        try await withRelay(threads: 2) { relay in
            let eventLoop = relay.relay.loops[1].eventLoop
            let request = NewMessage(text: "/예약 회의실 10~11", wait: .seconds(30))
            async let answer = relay.relay.send(request, from: Sample.member, on: eventLoop)
            let call = try await relay.server.next()
            async let drained: Void = relay.relay.drain(for: .seconds(600))
            try await relay.untilDraining()
            try await call.answer("네")
            #expect(await answer.message?.status == .completed)
            await drained
        }
    }
}

extension RelayHarness {
    /// Returns when every event loop has heard of the drain.
    fileprivate func untilDraining() async throws {
        for bound in relay.loops {
            while try await !bound.submit(\.isDraining).get() { await Task.yield() }
        }
    }
}
