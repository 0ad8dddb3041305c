import API
import BSON
import Directory
import Mongo
import Testing

@testable import Relay

@Suite(.timeLimit(.minutes(1)))
struct `Reading the history` {
    private let hana = Sample.member.resourceID

    private func code(_ body: () async throws -> Void) async -> Problem.Code? {
        do {
            try await body()
            return nil
        } catch {
            return (error as? Problem)?.code
        }
    }

    @Test
    func `finds a message by its id`() async throws {
        try await withHistory { history in
            let message = Sample.message(reply: ["text": "네"])
            history.history.write([message])
            try await history.history.flush()
            let found = try await history.history.message(message.id)
            #expect(try found?.document() == message.document())
            #expect(try await history.history.message(Sample.id(2)) == nil)
        }
    }

    @Test
    func `passes over documents that are no messages`() async throws {
        try await withHistory { history in
            var broken = try Sample.message(Sample.id(1)).document()
            broken["text"] = nil
            try await history.database.collection("messages")
                .insert([broken, try Sample.message(Sample.id(2)).document()])
            #expect(try await history.history.message(Sample.id(1)) == nil)
            let page = try await history.history.messages(of: hana, bot: nil, page: .latest, limit: 10)
            #expect(page.map(\.id) == [Sample.id(2)])
        }
    }

    @Test(arguments: [
        (HistoryPage.latest, 3, [6, 4, 3]), (.before(Sample.id(4)), 2, [3, 1]), (.before(Sample.id(1)), 2, []),
        (.after(Sample.id(1)), 2, [3, 4]), (.after(Sample.id(6)), 2, []), (.before(Sample.id(5)), 10, [4, 3, 1]),
    ])
    func `gives a member's own messages in pages`(page: HistoryPage, limit: Int, numbers: [UInt64]) async throws {
        try await withHistory { history in
            let own = [1, 3, 4, 6].map { Sample.message(Sample.id($0)) }
            history.history.write(own + [2, 5].map { Sample.message(Sample.id($0), from: Sample.colleague) })
            try await history.history.flush()
            let found = try await history.history.messages(of: hana, bot: nil, page: page, limit: limit)
            #expect(found.map(\.id) == numbers.map { Sample.id($0) })
        }
    }

    @Test
    func `narrows down to a bot`() async throws {
        try await withHistory { history in
            history.history.write([
                Sample.message(Sample.id(1)), Sample.message(Sample.id(2), bot: "bot_Other"),
                Sample.message(Sample.id(3)),
            ])
            try await history.history.flush()
            let found = try await history.history.messages(of: hana, bot: "bot_Rooms", page: .latest, limit: 10)
            #expect(found.map(\.id) == [Sample.id(3), Sample.id(1)])
        }
    }

    @Test
    func `takes one reply for a message that no process carries any more`() async throws {
        try await withHistory { history in
            let message = Sample.message(createdAt: .now)
            history.history.write([message])
            try await history.history.flush()
            let reply: JSON.Object = ["text": "네", "x": [1, 1.5]]
            func take(from bot: ResourceID) async -> Problem.Code? {
                await code { _ = try await history.history.end(message.id, from: bot, with: .reply(reply)) }
            }
            #expect(await take(from: "bot_Other") == .notFound)
            #expect(await take(from: "bot_Rooms") == nil)
            #expect(await take(from: "bot_Rooms") == .alreadyAnswered)
            #expect(await take(from: "bot_Other") == .notFound)
            let found = try #require(try await history.history.message(message.id))
            #expect(found.status == .completed)
            #expect(found.reply == reply)
            #expect(found.completedAt != nil)
        }
    }

    @Test
    func `takes one of many replies at once`() async throws {
        try await withHistory { history in
            let message = Sample.message(createdAt: .now)
            history.history.write([message])
            try await history.history.flush()
            let codes = await withTaskGroup(of: Problem.Code?.self) { group in
                for number in 0..<8 {
                    group.addTask {
                        await code {
                            _ = try await history.history.end(
                                message.id,
                                from: "bot_Rooms",
                                with: .reply(["text": "\(number)"])
                            )
                        }
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(codes.count { $0 == nil } == 1)
            #expect(codes.count { $0 == .alreadyAnswered } == 7)
        }
    }

    @Test
    func `refuses replies to what is unknown, has failed, or is too old`() async throws {
        try await withHistory { history in
            let failed = Sample.message(Sample.id(1), problem: Problem(.botError), createdAt: .now)
            let old = Sample.message(Sample.id(2), createdAt: Instant.now.advanced(by: .seconds(-901)))
            let late = Sample.message(Sample.id(3), problem: Problem(.botTimeout), createdAt: .now)
            history.history.write([failed, old, late])
            try await history.history.flush()
            func take(_ id: MessageID) async -> Problem.Code? {
                await code { _ = try await history.history.end(id, from: "bot_Rooms", with: .reply(["text": "네"])) }
            }
            #expect(await take(failed.id) == .alreadyAnswered)
            #expect(await take(old.id) == .replyTooLate)
            #expect(await take(late.id) == .replyTooLate)
            #expect(await take(Sample.id(4)) == .notFound)
        }
    }
}
