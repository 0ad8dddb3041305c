import API
import BSON
import Directory
import MetricsTestKit
import Mongo
import Testing

@testable import Relay

@Suite(.timeLimit(.minutes(1)))
struct `Writing the history` {
    @Test
    func `puts messages into MongoDB as their documents`() async throws {
        try await withHistory { history in
            let messages = [
                Sample.message(Sample.id(1)),
                Sample.message(Sample.id(2), reply: ["text": "네", "$set": ["a.b": 1]]),
                Sample.message(Sample.id(3), problem: Problem(.botError, ["bot": "예약봇", "why": "status"])),
            ]
            history.history.write(messages)
            try await history.history.flush()
            let stored = try await history.stored()
            #expect(try stored == messages.map { try $0.document() })
            #expect(try history.dropped == 0)
        }
    }

    @Test
    func `keeps the newest state of a message, in one batch or in two`() async throws {
        try await withHistory { history in
            let running = [Sample.message(Sample.id(1)), Sample.message(Sample.id(2))]
            let completed = [1, 2].map { Sample.message(Sample.id($0), reply: ["text": "네"]) }
            history.history.write([running[0], completed[0], running[1]])
            try await history.history.flush()
            #expect(try await history.stored().map { $0["status"] } == ["completed", "running"])
            history.history.write([completed[1]])
            try await history.history.flush()
            #expect(try await history.stored().map { $0["status"] } == ["completed", "completed"])
        }
    }

    @Test
    func `never overwrites a completed message, and writes the others of its batch`() async throws {
        try await withHistory { history in
            let completed = Sample.message(Sample.id(1), reply: ["text": "from another process"])
            history.history.write([completed])
            try await history.history.flush()
            let late = Sample.message(Sample.id(1), problem: Problem(.botTimeout, ["bot": "예약봇"]))
            let others = [0, 2, 3].map { Sample.message(Sample.id($0)) }
            history.history.write([others[0], late, others[1], others[2]])
            try await history.history.flush()
            let stored = try await history.stored()
            #expect(try stored == [others[0], completed, others[1], others[2]].map { try $0.document() })
            #expect(try history.dropped == 0)
        }
    }

    @Test
    func `leaves out what MongoDB does not take, and counts it`() async throws {
        try await withHistory { history in
            try await history.database.run([
                "create": "messages", "validator": ["text": ["$ne": "refused"]],
            ])
            let unstorable = Sample.message(Sample.id(3), reply: ["text": "a", "a\u{0}b": 1])
            history.history.write([
                Sample.message(Sample.id(1)), Sample.message(Sample.id(2), text: "refused"), unstorable,
                Sample.message(Sample.id(4)),
            ])
            try await history.history.flush()
            #expect(try await history.storedIDs() == [Sample.id(1), Sample.id(4)].map(\.description))
            #expect(try history.dropped == 2)
        }
    }

    @Test
    func `writes more than a batch`() async throws {
        try await withHistory { history in
            for start in stride(from: 0, to: 2500, by: 500) {
                history.history.write((start..<start + 500).map { Sample.message(Sample.id(UInt64($0))) })
            }
            try await history.history.flush()
            #expect(try await history.database.collection("messages").count() == 2500)
        }
    }

    @Test
    func `is finished when the server stops`() async throws {
        try await withDatabase { database in
            try await withHistory(in: database) { history in
                history.history.write((0..<1500).map { Sample.message(Sample.id($0)) })
            }
            #expect(try await database.collection("messages").count() == 1500)
        }
    }

    @Test
    func `is over once the server has stopped`() async throws {
        try await withDatabase { database in
            let history = History(database: database, days: 1, logger: .silent)
            try await history.flush()
            try await withThrowingTaskGroup { group in
                group.addTask { try await history.run() }
                group.cancelAll()
                try await group.waitForAll()
            }
            history.write([Sample.message()])
            await #expect(throws: Problem(.storageUnavailable, retryAfterSeconds: 1)) { try await history.flush() }
        }
    }

    @Test
    func `drops the oldest of too many and counts them`() async throws {
        try await withDatabase { database in
            // Nobody writes: the queue fills.
            let metrics = TestMetrics()
            let history = History(database: database, days: 1, logger: .silent, metrics: metrics)
            let dropped = try metrics.expectCounter("hiworker_history_dropped_total")
            history.write((0..<UInt64(HistoryQueue.maximumCount)).map { Sample.message(Sample.id($0)) })
            #expect(dropped.totalValue == 0)
            history.write((0..<17).map { Sample.message(Sample.id($0)) })
            #expect(dropped.totalValue == 17)
        }
    }

    /// `expireAfterSeconds` by the field that it counts from.
    private func expiries(_ database: MongoDatabase) async throws -> [String: Int64] {
        let answer = try await database.run(["listIndexes": "messages"])
        let indexes = answer["cursor"]?.document?["firstBatch"]?.array ?? []
        return indexes.reduce(into: [:]) { expiries, index in
            guard let index = index.document, let seconds = index["expireAfterSeconds"]?.int64 else { return }
            expiries[index["key"]?.document?.keys.first ?? ""] = seconds
        }
    }

    @Test
    func `has MongoDB forget messages after the days that are set, also when those change`() async throws {
        try await withDatabase { database in
            for days in [90, 7, 365] {
                try await withHistory(in: database, days: days) { history in
                    history.history.write([Sample.message()])
                    try await history.history.flush()
                }
                #expect(try await expiries(database) == ["created_at": Int64(days) * 86_400])
            }
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
    func `erases what was deleted, stored or still waiting, and nothing else`(index: Int) async throws {
        let changes = Self.deletions[index]
        try await withHistory { history in
            let stranger = SnapshotMember(id: "mem_Stranger", company: "example.org", name: "Stranger")
            let bystanders = [
                Sample.message(Sample.id(10_000), from: stranger), Sample.message(Sample.id(10_001), from: stranger),
            ]
            // More than are erased in one go.
            history.history.write((0..<2100).map { Sample.message(Sample.id($0)) } + bystanders.prefix(1))
            try await history.history.flush()
            history.history.write([Sample.message(Sample.id(9_999))])
            history.history.forget(changes)
            // Erasing and writing take turns, so three batches come behind three portions.
            for _ in 0..<3 {
                history.history.write([bystanders[1]])
                try await history.history.flush()
            }
            #expect(try await history.storedIDs() == bystanders.map(\.id.description))
        }
    }

    @Test
    func `never writes what was deleted while it waited`() async throws {
        try await withDatabase { database in
            var changes = SnapshotChanges()
            changes.deletedMembers = [Sample.member.resourceID]
            let others = Sample.message(Sample.id(2), from: Sample.colleague)
            let prepare: (History) -> Void = { history in
                history.write([Sample.message(Sample.id(1)), others])
                history.forget(changes)
            }
            try await withHistory(in: database, prepare: prepare) { history in
                try await history.history.flush()
                #expect(try await history.storedIDs() == [others.id.description])
            }
        }
    }

    @Test
    func `goes on for members whose bot was deleted`() async throws {
        try await withHistory { history in
            var changes = SnapshotChanges()
            changes.deletedBots = ["bot_Rooms"]
            history.history.write([Sample.message()])
            history.history.forget(changes)
            try await history.history.flush()
            #expect(try await history.storedIDs() == [Sample.id(1).description])
        }
    }
}
