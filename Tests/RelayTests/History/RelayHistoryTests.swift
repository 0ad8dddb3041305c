import API
import BSON
import Directory
import NIOCore
import Testing

@testable import Relay

/// A relay with a real history behind it.
@Suite(.timeLimit(.minutes(1)))
struct `A relay that keeps a history` {
    private let hana = Sample.member.resourceID

    @Test
    func `lists what runs, what ended just now and what ended long ago as one`() async throws {
        try await withHistory { history in
            let anHourAgo = Instant.now.advanced(by: .seconds(-3600))
            let id = Sample.id(1, milliseconds: anHourAgo.milliseconds)
            let old = Sample.message(id, reply: ["text": "옛날"], createdAt: anHourAgo)
            history.history.write([old])
            try await withRelay(configuration: .loopback(historyDays: 90), history: history.history) { relay in
                let help = try #require(await relay.send("/help").message?.id)
                let running = try #require(await relay.send(wait: .zero).message?.id)
                _ = try await relay.server.next()
                func page(_ page: HistoryPage, bot: ResourceID? = nil, limit: Int = 10) async throws -> [MessageID] {
                    try await relay.relay.messages(of: hana, bot: bot, page: page, limit: limit).map(\.id)
                }
                #expect(try await page(.latest) == [running, help, old.id])
                #expect(try await page(.latest, limit: 2) == [running, help])
                #expect(try await page(.before(help)) == [old.id])
                #expect(try await page(.after(old.id)) == [help, running])
                #expect(try await page(.latest, bot: "bot_Rooms") == [running, old.id])
                // What was listed is in MongoDB now, the running one because its sender was told that it runs.
                let stored = Set(try await history.storedIDs())
                #expect(stored == Set([old.id, help, running].map(\.description)))
            }
        }
    }

    @Test
    func `finds a message in MongoDB once memory has let it go`() async throws {
        try await withHistory { history in
            try await withRelay(configuration: .loopback(historyDays: 90), history: history.history) { relay in
                let id = try #require(await relay.send("/help").message?.id)
                try await relay.sweep(after: .minutes(2))
                try await history.history.flush()
                let held = try await relay.relay.loops[0].submit { $0.message(id) }.get()
                #expect(held == nil)
                #expect(try await relay.relay.message(id, of: hana).status == .completed)
                #expect(try await history.stored().count == 1)
            }
        }
    }

    @Test
    func `takes replies to messages of a relay that was stopped`() async throws {
        try await withHistory { history in
            let configuration = RelayConfiguration.loopback(historyDays: 90)
            let id = try await firstRelaysMessage(configuration, history.history)
            try await withRelay(configuration: configuration, history: history.history) { relay in
                #expect(id.node != relay.relay.shared.node)
                #expect(try await relay.relay.message(id, of: hana).status == .running)
                try await relay.relay.reply(to: id, from: relay.bot.resourceID, ["text": "이제요"])
                #expect(try await relay.relay.message(id, of: hana).reply == ["text": "이제요"])
                await #expect(throws: Problem(.alreadyAnswered)) {
                    try await relay.relay.reply(to: id, from: relay.bot.resourceID, ["text": "또"])
                }
            }
        }
    }

    /// A message that a relay hands to its bot before it is drained.
    private func firstRelaysMessage(_ configuration: RelayConfiguration, _ history: History) async throws -> MessageID {
        let (ids, found) = AsyncStream.makeStream(of: MessageID.self)
        try await withRelay(configuration: configuration, history: history) { relay in
            async let answer = relay.send()
            let call = try await relay.server.next()
            try await call.send("HTTP/1.1 202 Accepted\r\ncontent-length: 0\r\n\r\n")
            await relay.relay.drain(for: .zero)
            #expect(await answer.message?.status == .running)
            found.yield(try call.messageID)
        }
        try await history.flush()
        for await id in ids { return id }
        throw CancellationError()
    }

    @Test
    func `keeps nothing of a deleted member`() async throws {
        try await withHistory { history in
            try await withRelay(configuration: .loopback(historyDays: 90), history: history.history) { relay in
                _ = await relay.send("/help")
                try await relay.sweep(after: .zero)
                try await history.history.flush()
                _ = await relay.send("/help")
                let others = try #require(await relay.send("/help", from: Sample.colleague).message?.id)
                var changes = SnapshotChanges()
                changes.deletedMembers = [hana]
                relay.relay.directoryChanged(changes)
                try await relay.sweep(after: .zero)
                try await history.history.flush()
                #expect(try await history.storedIDs() == [others.description])
            }
        }
    }
}
