import API
import BSON
import Directory
import NIOCore
import Testing

@testable import Relay

/// Messages over real connections to a webhook's server of the test's own.
@Suite(.timeLimit(.minutes(1)))
struct `Delivery to a webhook` {
    @Test
    func `carries the message as the contract says`() async throws {
        try await withRelay { relay in
            async let answer = relay.send()
            let call = try await relay.server.next()
            try await call.answer("예약했습니다.")
            let message = try #require(await answer.message)

            #expect(call.head.first == "POST /messages HTTP/1.1")
            #expect(call.field("host") == "127.0.0.1:\(relay.server.port)")
            #expect(call.field("content-type") == "application/json")
            #expect(call.field("content-length") == "\(call.body.count)")
            #expect(call.field("webhook-id") == message.id.description)
            #expect(
                try call.json.text == """
                    {"type":"message","id":"\(message.id)","attempt":1,"company":"example.com","bot":"bot_Rooms",\
                    "command":"/예약 회의실","tokens":{"time":"10:00~11:00"},"text":"/예약 회의실 10~11",\
                    "member":{"id":"mem_Hana","name":"김하나"}}
                    """
            )
            #expect(message.status == .completed)
            #expect(message.reply == ["text": "예약했습니다."])
        }
    }

    @Test
    func `is signed with the time of sending`() async throws {
        try await withRelay { relay in
            let before = Instant.now.milliseconds / 1000
            let call = try await relay.converse()
            let seconds = try #require(call.field("webhook-timestamp").flatMap { Int64($0) })
            #expect((before...Instant.now.milliseconds / 1000).contains(seconds))
            let signature = WebhookSigner(secrets: relay.bot.webhookSecrets)
                .signature(
                    id: try #require(call.field("webhook-id")),
                    seconds: seconds,
                    body: call.body,
                    now: .now
                )
            #expect(call.field("webhook-signature") == signature)
        }
    }

    @Test
    func `signs with a new secret from the next message on`() async throws {
        try await withRelay { relay in
            try await relay.converse()
            let new = WebhookSecret(bytes: Array(repeating: 9, count: 24))
            let bot = Sample.bot(relay.bot.delivery, secrets: [new, Sample.secret])
            relay.publisher.publish(
                Snapshot(companies: [Sample.company], bots: [bot], members: [Sample.member], version: 2)
            )
            let call = try await relay.converse()
            let signature = WebhookSigner(secrets: [new, Sample.secret])
                .signature(
                    id: try #require(call.field("webhook-id")),
                    seconds: try #require(call.field("webhook-timestamp").flatMap { Int64($0) }),
                    body: call.body,
                    now: .now
                )
            #expect(call.field("webhook-signature") == signature)
            #expect(signature.contains(" v1,"))
        }
    }

    @Test
    func `takes a reply in JSON as it is`() async throws {
        try await withRelay { relay in
            async let answer = relay.send()
            let reply = #"{"text":"네","buttons":[{"label":"취소","value":1}]}"#
            try await relay.server.next().answer(reply, type: "application/json")
            #expect(await answer.message?.reply.map { JSON.object($0).text } == reply)
        }
    }

    @Test
    func `takes a reply that ends with the connection`() async throws {
        try await withRelay { relay in
            async let answer = relay.send()
            let call = try await relay.server.next()
            try await call.send("HTTP/1.0 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>")
            try await call.send("네</p>")
            try await call.close()
            #expect(await answer.message?.reply == ["text": "<p>네</p>"])
        }
    }

    @Test
    func `takes a reply that comes byte by byte`() async throws {
        try await withRelay { relay in
            async let answer = relay.send()
            let call = try await relay.server.next()
            for byte
                in "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n"
            {
                try await call.send(String(byte))
            }
            #expect(await answer.message?.reply == ["text": "ok"])
        }
    }

    struct Failure: Sendable, CustomTestStringConvertible {
        let response: String
        let reason: String
        var status: Int64?

        var testDescription: String { String(response.prefix(60).replacing("\r\n", with: " ")) }
    }

    static let failures = [
        Failure(response: "HTTP/1.1 500 Oops\r\ncontent-length: 0\r\n\r\n", reason: "status", status: 500),
        Failure(response: "HTTP/1.1 404 Not Found\r\ncontent-length: 2\r\n\r\nno", reason: "status", status: 404),
        Failure(
            response: "HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1/\r\ncontent-length: 0\r\n\r\n",
            reason: "status",
            status: 302
        ),
        Failure(response: "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok", reason: "content_type", status: 200),
        Failure(
            response: "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{]",
            reason: "not_json",
            status: 200
        ),
        Failure(response: "SSH-2.0-OpenSSH_9.2\r\n\r\n", reason: "malformed"),
        Failure(response: "HTTP/2 200\r\n\r\n", reason: "malformed"),
        Failure(response: "HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\n\r\n", reason: "malformed"),
        Failure(response: "HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n", reason: "malformed"),
        Failure(response: "HTTP/1.1 200 OK\r\ncontent-length: 10485760\r\n\r\n", reason: "too_large"),
        Failure(
            response: "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nA00000\r\n",
            reason: "too_large"
        ),
        Failure(
            response: "HTTP/1.1 200 OK\r\nx: " + String(repeating: "x", count: 40_000),
            reason: "malformed"
        ),
    ]

    @Test(arguments: failures)
    func `fails with the reason when the answer is none`(failure: Failure) async throws {
        try await withRelay { relay in
            async let answer = relay.send()
            let call = try await relay.server.next()
            try await call.send(failure.response)
            let problem = try #require(await answer.problem)
            #expect(problem.code == .botError)
            #expect(problem.members["reason"]?.string == failure.reason)
            #expect(problem.members["bot_status"]?.integer == failure.status)
            #expect(problem.arguments["why"] == failure.reason)
            // Nothing of a response that was no response may be taken for the next one.
            if failure.status == nil { try await call.closed() }
        }
    }

    @Test
    func `fails when ten megabytes come without an announcement`() async throws {
        try await withRelay { relay in
            async let answer = relay.send()
            let call = try await relay.server.next()
            let megabyte = String(repeating: "x", count: 1 << 20)
            await #expect(throws: (any Error).self) {
                try await call.send("HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\n\r\n")
                for _ in 0..<10 { try await call.send(megabyte) }
                try await call.closed()
                // Everything may have been written before the other side closed; then this is what fails.
                try await call.send("x")
            }
            #expect(await answer.problem?.members["reason"] == "too_large")
        }
    }

    @Test
    func `fails as late when the answer only drips, and breaks it off`() async throws {
        try await withRelay { relay in
            async let answer = relay.send()
            let call = try await relay.server.next()
            try await call.send("HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: 1000\r\n\r\nx")
            try await relay.sweep(after: .seconds(15))
            try await call.send("x")
            try await relay.sweep(after: WebhookCall.patience + .seconds(1))
            let message = try #require(await answer.message)
            // Whoever waited had its thirty seconds; the message fails at the same time.
            #expect(message.problem?.code == .botTimeout)
            try await call.closed()
            #expect(relay.presence().reason == .timeout)
        }
    }

    @Test
    func `waits for the reply when the answer is later`() async throws {
        for status in ["202 Accepted", "204 No Content"] {
            try await withRelay { relay in
                async let answer = relay.send()
                let call = try await relay.server.next()
                try await call.send(
                    "HTTP/1.1 \(status)\r\n\(status.hasPrefix("202") ? "content-length: 0\r\n" : "")\r\n"
                )
                // The connection is free again, so the bot has been heard.
                try await relay.converse()
                let id = try call.messageID
                #expect(try await relay.relay.message(id, of: Sample.member.resourceID).status == .running)
                try await relay.relay.reply(to: id, from: relay.bot.resourceID, ["text": "이제요"])
                #expect(await answer.message?.reply == ["text": "이제요"])
            }
        }
    }

    @Test
    func `shows the bot offline, though seen, after an answer that is none`() async throws {
        try await withRelay { relay in
            #expect(relay.presence().reason == .notCalledYet)
            async let answer = relay.send()
            try await relay.server.next().answer("", status: "500 Oops")
            #expect(await answer.problem?.code == .botError)
            let presence = relay.presence()
            #expect(!presence.online)
            #expect(presence.reason == .badStatus)
            #expect(presence.lastSeen != nil)
            #expect(presence.connections == 0)
            try await relay.converse()
            #expect(relay.presence().online)
        }
    }
}
