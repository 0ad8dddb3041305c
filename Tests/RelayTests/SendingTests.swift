import API
import BSON
import Directory
import NIOCore
import Testing

@testable import Relay

@Suite(.timeLimit(.minutes(1)))
struct `Sending a message` {
    private let hana = Sample.member.resourceID

    @Test
    func `answers when the reply is there`() async throws {
        try await withRelay { relay in
            async let answer = relay.send()
            try await relay.server.next().answer("네")
            let message = try #require(await answer.message)
            #expect(message.status == .completed)
            #expect(message.command == "/예약 회의실")
            #expect(message.tokens == ["time": "10:00~11:00"])
            #expect(message.bot == .init(id: "bot_Rooms", name: "예약봇"))
            #expect(try await relay.relay.message(message.id, of: hana).status == .completed)
        }
    }

    @Test
    func `answers at once that the message runs when nobody wants to wait`() async throws {
        try await withRelay { relay in
            let message = try #require(await relay.send(wait: .zero).message)
            #expect(message.status == .running)
            #expect(try await relay.relay.message(message.id, of: hana).status == .running)
            try await relay.server.next().answer("네")
            #expect(try await relay.untilEnded(message.id).reply == ["text": "네"])
        }
    }

    @Test
    func `answers that the message runs when the wait is over`() async throws {
        try await withRelay { relay in
            async let answer = relay.send(wait: .seconds(20))
            let call = try await relay.server.next()
            try await relay.sweep(after: .seconds(10))
            let waiting = try await relay.relay.loops[0].submit { $0.running.values.map(\.waiters.count) }.get()
            #expect(waiting == [1])
            try await relay.sweep(after: .seconds(21))
            let message = try #require(await answer.message)
            #expect(message.status == .running)
            try await call.answer("늦었네요")
            #expect(try await relay.untilEnded(message.id).reply == ["text": "늦었네요"])
        }
    }

    @Test
    func `reaches no bot when the text is no command, and is kept`() async throws {
        try await withRelay { relay in
            let refused = try #require(await relay.send("안녕하세요").message)
            #expect(refused.problem?.code == .unknownCommand)
            let invalid = try #require(await relay.send("/예약 회의실 언젠가").message)
            #expect(invalid.problem?.code == .invalidTokens)
            #expect(invalid.status == .failed)
            let found = try await relay.relay.messages(of: hana, bot: nil, page: .latest, limit: 10)
            #expect(found.map(\.id) == [invalid.id, refused.id])
            // The first request at the server is that of the first valid message.
            #expect(try await relay.converse().connection == 1)
        }
    }

    @Test
    func `for help is answered by the relay`() async throws {
        try await withRelay { relay in
            let message = try #require(await relay.send("/도움").message)
            #expect(message.status == .completed)
            #expect(message.bot == nil)
            #expect(message.reply?["text"]?.string?.contains("/예약 회의실 <시간>") == true)
        }
    }

    @Test
    func `to a bot that dials out fails while that is offline`() async throws {
        try await withRelay(url: nil) { relay in
            let message = try #require(await relay.send().message)
            #expect(message.problem?.code == .botOffline)
            #expect(message.problem?.arguments["bot"] == "예약봇")
            #expect(relay.presence().reason == .neverConnected)
        }
    }

    @Test
    func `to a bot with too many open calls fails as busy until one ends`() async throws {
        try await withRelay { relay in
            let link = relay.relay.shared.links.link(of: relay.bot)
            while link.beginCall() {}
            #expect(await relay.send().problem?.code == .botBusy)
            link.endCall()
            try await relay.converse()
            try await relay.converse()
        }
    }

    @Test
    func `to a bot with too many running messages fails as busy until one ends`() async throws {
        try await withRelay { relay in
            let link = relay.relay.shared.links.link(of: relay.bot)
            while link.beginMessage() {}
            #expect(await relay.send().problem?.code == .botBusy)
            link.endMessage()
            try await relay.converse()
            try await relay.converse()
        }
    }

    @Test
    func `faster than the rate is refused, each member by itself`() async throws {
        try await withRelay(configuration: .loopback(messagesPerSecond: 1)) { relay in
            let answers = [await relay.send("/help"), await relay.send("/help"), await relay.send("/help")]
            #expect(answers.map { $0.message?.status } == [.completed, .completed, nil])
            guard case .refused(let problem) = answers[2] else {
                Issue.record("The third message should be refused.")
                return
            }
            #expect(problem.code == .rateLimited)
            #expect(problem.retryAfterSeconds == 1)
            #expect(await relay.send("/help", from: Sample.colleague).message?.status == .completed)
            let kept = try await relay.relay.messages(of: hana, bot: nil, page: .latest, limit: 9)
            #expect(kept.count == 2)
        }
    }

    @Test
    func `shares one rate among all event loops`() async throws {
        try await withRelay(configuration: .loopback(messagesPerSecond: 1), threads: 2) { relay in
            var answers: [SendAnswer] = []
            for index in 0..<3 {
                let eventLoop = relay.relay.loops[index % 2].eventLoop
                answers.append(await relay.relay.send(NewMessage(text: "/help"), from: Sample.member, on: eventLoop))
            }
            #expect(answers.map { $0.problem?.code } == [nil, nil, .rateLimited])
        }
    }

    @Test
    func `again with the same key is the same message`() async throws {
        try await withRelay { relay in
            async let first = relay.send(key: "1")
            let call = try await relay.server.next()
            let running = try #require(await relay.send(wait: .zero, key: "1").message)
            #expect(running.status == .running)
            async let second = relay.send(key: "1")
            try await call.answer("네")
            let ids = [await first.message?.id, await second.message?.id, await relay.send(key: "1").message?.id]
            #expect(ids == [running.id, running.id, running.id])
            #expect(await relay.send("/예약 회의실 11~12", key: "1").problem?.code == .idempotencyKeyReused)
            #expect(try await relay.converse().json["attempt"] == 1)
        }
    }

    @Test
    func `again with the key of a refused request is a new try`() async throws {
        try await withRelay(configuration: .loopback(messagesPerSecond: 1)) { relay in
            // As if the member had sent for the next hour already, however slow the machine is.
            let hence = Int64(truncatingIfNeeded: (NIODeadline.now() + .hours(1)).uptimeNanoseconds)
            _ = relay.relay.shared.rates.rate(of: Sample.member.resourceID).take(perSecond: 1, now: hence)
            #expect(await relay.send("/help", key: "1").problem?.code == .rateLimited)
            #expect(await relay.send("/도움", key: "1").problem?.code == .rateLimited)
        }
    }

    @Test
    func `again with the key of a failed message is that message`() async throws {
        try await withRelay { relay in
            let failed = try #require(await relay.send("안녕", key: "1").message)
            let again = try #require(await relay.send("안녕", key: "1").message)
            #expect(again.id == failed.id)
            #expect(again.problem == failed.problem)
        }
    }

    @Test
    func `shows the same whichever event loop is asked`() async throws {
        try await withRelay(threads: 2) { relay in
            for bound in relay.relay.loops {
                async let answer = relay.relay.send(
                    NewMessage(text: "/예약 회의실 10~11", wait: .seconds(30)),
                    from: Sample.member,
                    on: bound.eventLoop
                )
                let call = try await relay.server.next()
                try await call.send("HTTP/1.1 202 Accepted\r\ncontent-length: 0\r\n\r\n")
                let id = try call.messageID
                try await relay.relay.reply(to: id, from: relay.bot.resourceID, ["text": "네"])
                #expect(await answer.message?.id == id)
                #expect(try await relay.relay.message(id, of: hana).status == .completed)
            }
            let found = try await relay.relay.messages(of: hana, bot: nil, page: .latest, limit: 10)
            #expect(Set(found.map(\.id.loop)) == [0, 1])
        }
    }
}
