import API
import BSON
import Directory
import Logging
import NIOCore
import NIOPosix

@testable import Relay

/// A relay without a database behind it, whose company has one bot at a webhook's server.
///
/// It does not sweep by itself: a test does, at the time that it likes.
struct RelayHarness: Sendable {
    let relay: Relay
    let bot: SnapshotBot
    let server: WebhookServer
    let publisher: SnapshotPublisher
    let eventLoop: any EventLoop

    func send(
        _ text: String = "/예약 회의실 10~11",
        wait: Duration = .seconds(30),
        from member: SnapshotMember = Sample.member,
        key: String? = nil
    ) async -> SendAnswer {
        await relay.send(NewMessage(text: text, wait: wait), from: member, idempotencyKey: key, on: eventLoop)
    }

    /// Sends a message and answers its call; returns the call.
    @discardableResult
    func converse(_ reply: String = "네") async throws -> ReceivedCall {
        async let answer = send()
        let call = try await server.next()
        try await call.answer(reply)
        _ = await answer
        return call
    }

    /// Lets everything see a time that is to come.
    func sweep(after wait: TimeAmount) async throws {
        for bound in relay.loops { try await bound.submit { $0.sweep(now: .now() + wait) }.get() }
    }

    func presence() -> Presence {
        relay.presence(of: bot)
    }
}

/// Lends a relay and a webhook's server, and ends both.
///
/// - Parameters:
///   - url: The bot's webhook, where the port of the server stands for `PORT`; nil for a bot that dials out.
func withRelay(
    url: String? = "http://127.0.0.1:PORT/messages",
    configuration: RelayConfiguration = .loopback(),
    history: History? = nil,
    threads: Int = 1,
    greeting: String = "",
    _ body: @Sendable (RelayHarness) async throws -> Void
) async throws {
    try await WebhookServer.with(greeting: greeting) { server in
        let delivery = url.map { Delivery.webhook(url: $0.replacing("PORT", with: "\(server.port)")) } ?? .socket
        let bot = Sample.bot(delivery)
        let snapshot = Snapshot(companies: [Sample.company], bots: [bot], members: [Sample.member, Sample.colleague])
        let group = MultiThreadedEventLoopGroup(numberOfThreads: threads)
        let publisher = SnapshotPublisher(snapshot)
        let relay = try await Relay(
            configuration: configuration,
            publisher: publisher,
            history: history,
            declare: { _, _ in },
            group: group,
            logger: .silent
        )
        let eventLoop = relay.loops[0].eventLoop
        do {
            let harness = RelayHarness(
                relay: relay,
                bot: bot,
                server: server,
                publisher: publisher,
                eventLoop: eventLoop
            )
            try await body(harness)
        } catch {
            try await group.shutdownGracefully()
            throw error
        }
        try await group.shutdownGracefully()
    }
}

extension RelayConfiguration {
    /// No limit, no history, and webhooks on the loopback interface.
    static func loopback(messagesPerSecond: Int = 0, historyDays: Int = 0) -> RelayConfiguration {
        RelayConfiguration(
            messagesPerSecond: messagesPerSecond,
            historyDays: historyDays,
            webhookAddresses: AddressPolicy(allowed: ["127.0.0.0/8", "::1"].compactMap { try? CIDR(parsing: $0) })
        )
    }
}

extension SendAnswer {
    /// The message that it shows; nil when none came of the request.
    var message: Message? {
        if case .message(let message) = self { message } else { nil }
    }

    /// The problem of a failed message or of a request that no message came of.
    var problem: Problem? {
        switch self {
        case .message(let message): message.problem
        case .refused(let problem): problem
        }
    }
}

extension Logger {
    /// Says nothing.
    static var silent: Logger { Logger(label: "silent") { _ in SwiftLogNoOpLogHandler() } }
}
