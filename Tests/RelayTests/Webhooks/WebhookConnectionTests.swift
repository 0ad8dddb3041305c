import API
import BSON
import Directory
import NIOCore
import Testing

@testable import Relay

/// Which connection a call goes over, and what happens when that one dies.
@Suite(.timeLimit(.minutes(1)))
struct `Connections to a webhook` {
    @Test
    func `are used again`() async throws {
        try await withRelay { relay in
            for _ in 0..<5 {
                let call = try await relay.converse()
                #expect(call.connection == 1)
            }
        }
    }

    @Test
    func `carry one call at a time, the one used last first`() async throws {
        try await withRelay { relay in
            async let first = relay.send()
            let one = try await relay.server.next()
            async let second = relay.send()
            let two = try await relay.server.next()
            #expect([one.connection, two.connection] == [1, 2])
            try await two.answer("2")
            #expect(await second.message?.reply == ["text": "2"])
            try await one.answer("1")
            #expect(await first.message?.reply == ["text": "1"])
            #expect(try await relay.converse().connection == 1)
        }
    }

    @Test(arguments: [
        "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-type: text/plain\r\ncontent-length: 2\r\n\r\nok",
        "HTTP/1.0 200 OK\r\ncontent-type: text/plain\r\ncontent-length: 2\r\n\r\nok",
        "HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: 2\r\n\r\nokmore",
    ])
    func `are not used again when the response says or shows so`(response: String) async throws {
        try await withRelay { relay in
            async let answer = relay.send()
            let call = try await relay.server.next()
            try await call.send(response)
            #expect(await answer.message?.reply == ["text": "ok"])
            try await call.closed()
            #expect(try await relay.converse().connection == 2)
        }
    }

    @Test
    func `are not used again when something comes that nobody asked for`() async throws {
        try await withRelay { relay in
            let call = try await relay.converse()
            try await call.send("HTTP/1.1 408 Request Timeout\r\ncontent-length: 0\r\n\r\n")
            try await call.closed()
            let next = try await relay.converse()
            #expect(next.connection == 2)
            #expect(try next.json["attempt"] == 1)
        }
    }

    @Test
    func `that were used before and die before the answer lead to one more attempt`() async throws {
        try await withRelay { relay in
            try await relay.converse()
            async let answer = relay.send()
            let first = try await relay.server.next()
            try await first.close()
            let second = try await relay.server.next()
            #expect([first.connection, second.connection] == [1, 2])
            #expect(first.field("webhook-id") == second.field("webhook-id"))
            #expect(try first.json["attempt"] == 1)
            #expect(try second.json["attempt"] == 2)
            try await second.answer("네")
            #expect(await answer.message?.reply == ["text": "네"])
        }
    }

    @Test
    func `that are reset count as dead too`() async throws {
        try await withRelay { relay in
            try await relay.converse()
            async let answer = relay.send()
            try await relay.server.next().reset()
            let second = try await relay.server.next()
            #expect(try second.json["attempt"] == 2)
            try await second.answer("네")
            #expect(await answer.message?.status == .completed)
        }
    }

    @Test
    func `never lead to a third attempt`() async throws {
        try await withRelay { relay in
            // Two idle connections, so that the second attempt could go over one of them; it must not.
            async let other = relay.send()
            let held = try await relay.server.next()
            try await relay.converse()
            try await held.answer("네")
            _ = await other
            async let answer = relay.send()
            let first = try await relay.server.next()
            try await first.close()
            let second = try await relay.server.next()
            #expect(second.connection == 3)
            try await second.close()
            let problem = try #require(await answer.problem)
            #expect(problem.code == .botError)
            #expect(problem.members["reason"] == "closed")
        }
    }

    @Test
    func `that are new and die before the answer lead to no other attempt`() async throws {
        try await withRelay { relay in
            async let answer = relay.send()
            try await relay.server.next().close()
            #expect(await answer.problem?.members["reason"] == "closed")
            // The next request at the server is another message's.
            #expect(try await relay.converse().json["attempt"] == 1)
        }
    }

    @Test(arguments: [
        "H", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: 3\r\n\r\nok",
    ])
    func `that die within the answer lead to no other attempt`(beginning: String) async throws {
        try await withRelay { relay in
            try await relay.converse()
            async let answer = relay.send()
            let call = try await relay.server.next()
            try await call.send(beginning)
            try await call.close()
            #expect(await answer.problem?.members["reason"] == "truncated")
            #expect(try await relay.converse().json["attempt"] == 1)
        }
    }

    @Test
    func `that are reset within an answer that would end with them leave it incomplete`() async throws {
        try await withRelay { relay in
            async let answer = relay.send(wait: .zero)
            let call = try await relay.server.next()
            let id = try #require(await answer.message?.id)
            try await call.send("HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\n\r\nhalf")
            try await call.reset()
            let message = try await relay.untilEnded(id)
            #expect(message.reply == nil)
            #expect(message.problem?.members["reason"] == "truncated")
        }
    }

    @Test
    func `that the server closed while idle are not used, without an attempt being lost`() async throws {
        try await withRelay { relay in
            let call = try await relay.converse()
            try await call.close()
            // The relay sees the end before or after it writes; either way the message arrives.
            let next = try await relay.converse()
            #expect(next.connection == 2)
        }
    }

    @Test
    func `are closed when they were idle for twenty seconds`() async throws {
        try await withRelay { relay in
            let call = try await relay.converse()
            try await relay.sweep(after: .seconds(10))
            #expect(try await relay.converse().connection == 1)
            try await relay.sweep(after: .seconds(21))
            try await call.closed()
            #expect(try await relay.converse().connection == 2)
        }
    }

    @Test
    func `are closed when the bot has answered otherwise, since an answer may still come over them`() async throws {
        try await withRelay { relay in
            async let answer = relay.send()
            let call = try await relay.server.next()
            let id = try call.messageID
            try await relay.relay.reply(to: id, from: relay.bot.resourceID, ["text": "by the other way"])
            #expect(await answer.message?.reply == ["text": "by the other way"])
            try await call.closed()
        }
    }
}

extension RelayHarness {
    /// A message of the sample's member, once it is completed or failed.
    func untilEnded(_ id: MessageID) async throws -> Message {
        try await withCheckedThrowingContinuation { continuation in
            relay.loops[id.loop]
                .execute { loop in
                    let receiver = Receiver { answer in continuation.resume(returning: answer) }
                    if !loop.wait(for: id, .seconds(60), receiver) { continuation.resume(throwing: Problem(.notFound)) }
                }
        }
    }

    private final class Receiver: SendAnswerReceiver {
        private let receive: (Message) -> Void

        init(_ receive: @escaping (Message) -> Void) {
            self.receive = receive
        }

        func receive(_ answer: SendAnswer) {
            if let message = answer.message { receive(message) }
        }
    }
}
