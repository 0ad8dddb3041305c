import API
import BSON
import Directory
import NIOCore
import Testing

@testable import Relay

@Suite(.timeLimit(.minutes(1)))
struct `Replies, deadlines and deletions` {
    private let hana = Sample.member.resourceID

    /// The code with which a reply is refused; nil when it is taken.
    private func refusal(of id: MessageID, from bot: ResourceID, _ relay: RelayHarness) async -> Problem.Code? {
        do throws(Problem) {
            try await relay.relay.reply(to: id, from: bot, ["text": "x"])
            return nil
        } catch {
            return error.code
        }
    }

    /// The code with which reading a message is refused; nil when it is there.
    private func absence(of id: MessageID, for member: ResourceID, _ relay: RelayHarness) async -> Problem.Code? {
        do throws(Problem) {
            _ = try await relay.relay.message(id, of: member)
            return nil
        } catch {
            return error.code
        }
    }

    /// A message whose bot has said that it will answer later.
    private func postponed(_ relay: RelayHarness) async throws -> MessageID {
        let id = try #require(await relay.send(wait: .zero).message?.id)
        try await relay.server.next().send("HTTP/1.1 204 No Content\r\n\r\n")
        // The same connection carries the next call only when the first has its answer.
        try await relay.converse()
        return id
    }

    @Test
    func `are taken once, from the message's bot alone`() async throws {
        try await withRelay { relay in
            let id = try await postponed(relay)
            #expect(await refusal(of: id, from: "bot_Other", relay) == .notFound)
            try await relay.relay.reply(to: id, from: relay.bot.resourceID, ["text": "네", "n": 1])
            #expect(try await relay.relay.message(id, of: hana).reply == ["text": "네", "n": 1])
            let second = await refusal(of: id, from: relay.bot.resourceID, relay)
            #expect(second == .alreadyAnswered)
            #expect(await refusal(of: id, from: "bot_Other", relay) == .notFound)
        }
    }

    @Test
    func `are refused for messages that nobody knows`() async throws {
        try await withRelay { relay in
            let elsewhere = MessageID(milliseconds: 1, node: relay.relay.shared.node &+ 1, loop: 0, number: 1)
            let unknown = MessageID(milliseconds: 1, node: relay.relay.shared.node, loop: 0, number: 999)
            let otherLoop = MessageID(milliseconds: 1, node: relay.relay.shared.node, loop: 200, number: 1)
            for id in [elsewhere, unknown, otherLoop] {
                #expect(
                    await refusal(of: id, from: "bot_Rooms", relay) == .notFound
                )
                #expect(await absence(of: id, for: hana, relay) == .notFound)
            }
        }
    }

    @Test
    func `have fifteen minutes and come too late after that`() async throws {
        try await withRelay { relay in
            let id = try await postponed(relay)
            try await relay.sweep(after: .seconds(15 * 60 - 30))
            #expect(try await relay.relay.message(id, of: hana).status == .running)
            try await relay.sweep(after: .seconds(15 * 60 + 1))
            let message = try await relay.relay.message(id, of: hana)
            #expect(message.problem?.code == .botTimeout)
            #expect(
                await refusal(of: id, from: relay.bot.resourceID, relay)
                    == .replyTooLate
            )
        }
    }

    @Test
    func `are refused as given when the message failed otherwise`() async throws {
        try await withRelay { relay in
            async let answer = relay.send()
            let call = try await relay.server.next()
            try await call.answer("", status: "500 Oops")
            let id = try #require(await answer.message?.id)
            #expect(
                await refusal(of: id, from: relay.bot.resourceID, relay)
                    == .alreadyAnswered
            )
        }
    }

    @Test
    func `end a message once, also when call and message are late at the same sweep`() async throws {
        try await withRelay { relay in
            async let answer = relay.send()
            _ = try await relay.server.next()
            try await relay.sweep(after: .hours(1))
            #expect(await answer.problem?.code == .botTimeout)
            // A second end would count the bot's messages below zero and let one more in.
            let link = relay.relay.shared.links.link(of: relay.bot)
            #expect((0...BotLink.maximumRunning).filter { _ in link.beginMessage() }.count == BotLink.maximumRunning)
            #expect((0...BotLink.maximumCalls).filter { _ in link.beginCall() }.count == BotLink.maximumCalls)
        }
    }

    @Test
    func `can be read for a quarter of an hour where no history is kept`() async throws {
        try await withRelay { relay in
            let id = try #require(await relay.send("/help").message?.id)
            try await relay.sweep(after: .minutes(14))
            #expect(try await relay.relay.message(id, of: hana).status == .completed)
            try await relay.sweep(after: .minutes(16))
            #expect(await absence(of: id, for: hana, relay) == .notFound)
        }
    }

    @Test
    func `belong to their member`() async throws {
        try await withRelay { relay in
            let id = try #require(await relay.send("/help").message?.id)
            #expect(await absence(of: id, for: Sample.colleague.resourceID, relay) == .notFound)
            let found = try await relay.relay.messages(
                of: Sample.colleague.resourceID,
                bot: nil,
                page: .latest,
                limit: 9
            )
            #expect(found.isEmpty)
        }
    }

    @Test
    func `are listed in pages from memory`() async throws {
        try await withRelay { relay in
            var ids: [MessageID] = []
            for _ in 0..<5 { ids.append(try #require(await relay.send("/help").message?.id)) }
            let running = try #require(await relay.send(wait: .zero).message?.id)
            _ = try await relay.server.next()
            func page(_ page: HistoryPage, bot: ResourceID? = nil, limit: Int = 2) async throws -> [MessageID] {
                try await relay.relay.messages(of: hana, bot: bot, page: page, limit: limit).map(\.id)
            }
            #expect(try await page(.latest) == [running, ids[4]])
            #expect(try await page(.before(ids[4])) == [ids[3], ids[2]])
            #expect(try await page(.before(ids[0])) == [])
            #expect(try await page(.after(ids[2])) == [ids[3], ids[4]])
            #expect(try await page(.after(ids[4])) == [running])
            #expect(try await page(.latest, bot: relay.bot.resourceID) == [running])
            #expect(try await page(.latest, limit: 100) == [running] + ids.reversed())
        }
    }

    @Test
    func `end as offline when the bot is deleted in the meantime`() async throws {
        try await withRelay { relay in
            async let answer = relay.send()
            let call = try await relay.server.next()
            let later = try #require(await relay.send(wait: .zero, from: Sample.colleague).message?.id)
            _ = try await relay.server.next()
            var changes = SnapshotChanges()
            changes.deletedBots = [relay.bot.resourceID]
            relay.relay.directoryChanged(changes)
            let problem = try #require(await answer.problem)
            #expect(problem.code == .botOffline)
            #expect(problem.members["reason"] == "deleted")
            try await call.closed()
            #expect(try await relay.untilEnded(later).problem?.code == .botOffline)
            #expect(relay.presence().reason == .notCalledYet)
        }
    }

    static let deletions: [SnapshotChanges] = {
        var member = SnapshotChanges()
        member.deletedMembers = [Sample.member.resourceID]
        var company = SnapshotChanges()
        company.deletedCompanies = [Sample.company.domain]
        return [member, company]
    }()

    @Test(arguments: deletions.indices)
    func `leave nothing behind when the member or the company is deleted`(index: Int) async throws {
        let changes = Self.deletions[index]
        try await withRelay { relay in
            let ended = try #require(await relay.send("/help").message?.id)
            let others = try #require(await relay.send("/help", from: Sample.colleague).message?.id)
            async let answer = relay.send()
            let call = try await relay.server.next()
            relay.relay.directoryChanged(changes)
            #expect(await answer.problem?.code == .keyUnknown)
            let running = try #require(await answer.message?.id)
            try await call.closed()
            for id in [ended, running] {
                #expect(await absence(of: id, for: hana, relay) == .notFound)
            }
            let isKept =
                await absence(of: others, for: Sample.colleague.resourceID, relay) == nil
            #expect(isKept == changes.deletedCompanies.isEmpty)
        }
    }

    @Test
    func `go on when something else is deleted`() async throws {
        try await withRelay { relay in
            async let answer = relay.send()
            let call = try await relay.server.next()
            var changes = SnapshotChanges()
            changes.deletedBots = ["bot_Other"]
            changes.deletedMembers = [Sample.colleague.resourceID]
            changes.deletedCompanies = ["example.org"]
            changes.changedBots = [relay.bot.resourceID]
            relay.relay.directoryChanged(changes)
            try await call.answer("네")
            #expect(await answer.message?.status == .completed)
        }
    }
}
