import API
import BSON
import Directory
import NIOCore
import Testing

@testable import Relay

@Suite(.timeLimit(.minutes(1)))
struct `A webhook that cannot be reached` {
    private func reason(_ answer: SendAnswer) throws -> String? {
        let problem = try #require(answer.problem)
        #expect(problem.code == .botOffline)
        return problem.members["reason"]?.string
    }

    @Test
    func `is offline when nobody listens`() async throws {
        try await withRelay { relay in
            try await relay.server.stopListening()
            #expect(try reason(await relay.send()) == "refused")
            #expect(relay.presence().reason == .refused)
            #expect(!relay.presence().online)
        }
    }

    @Test(arguments: ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0", "169.254.169.254"])
    func `is offline when its address is one that webhooks may not reach, and is not dialled`(host: String) async throws
    {
        let configuration = RelayConfiguration(messagesPerSecond: 0, historyDays: 0)
        try await withRelay(url: "http://\(host):PORT/", configuration: configuration) { relay in
            let reason = try reason(await relay.send())
            #expect(reason == "address_not_allowed")
            #expect(relay.presence().reason == .addressNotAllowed)
        }
    }

    @Test
    func `is offline when there is no connection after three seconds`() async throws {
        // The server never answers the handshake.
        try await withRelay(url: "https://127.0.0.1:PORT/") { relay in
            let id = try #require(await relay.send(wait: .zero).message?.id)
            #expect(try await relay.server.nextConnection() == 1)
            try await relay.sweep(after: .zero)
            #expect(relay.presence().reason == .notCalledYet)
            try await relay.sweep(after: WebhookCall.connectPatience + .seconds(1))
            #expect(try reason(.message(try await relay.untilEnded(id))) == "timeout")
            #expect(relay.presence().reason == .timeout)
        }
    }

    @Test
    func `is offline when it does not speak TLS`() async throws {
        try await withRelay(url: "https://127.0.0.1:PORT/", greeting: "220 mail.example.com ESMTP\r\n") { relay in
            let reason = try reason(await relay.send())
            #expect(reason == "tls")
            #expect(relay.presence().reason == .tls)
        }
    }

    @Test
    func `is reached at the address that answers when its name has several`() async throws {
        // The name stands for both ::1, where nobody listens, and 127.0.0.1.
        try await withRelay(url: "http://localhost:PORT/") { relay in
            for _ in 0..<3 {
                let call = try await relay.converse()
                #expect(call.connection == 1)
            }
        }
    }

    @Test
    func `is reached at its allowed addresses only`() async throws {
        let addresses = AddressPolicy(allowed: [try CIDR(parsing: "127.0.0.0/8")])
        let configuration = RelayConfiguration(messagesPerSecond: 0, historyDays: 0, webhookAddresses: addresses)
        try await withRelay(url: "http://localhost:PORT/", configuration: configuration) { relay in
            try await relay.converse()
        }
    }

    @Test
    func `is online again once it answers`() async throws {
        try await withRelay { relay in
            let lost = Instant(milliseconds: 1)
            _ = relay.relay.shared.links.link(of: relay.bot).failed(.refused, at: lost)
            #expect(relay.presence().since == lost)
            try await relay.converse()
            #expect(relay.presence().online)
            #expect(relay.presence().since != lost)
        }
    }
}
