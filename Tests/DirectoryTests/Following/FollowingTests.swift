import BSON
import Mongo
import MongodSupport
import Synchronization
import Testing

@testable import Directory

@Suite("Following the changes in MongoDB", .timeLimit(.minutes(2)))
struct FollowingTests {
    @Test("shows another process what this one wrote, and a revoked key within 100 ms")
    func revocation() async throws {
        try await withTwoDirectories { one, other in
            try await one.makeCompany()
            let (bot, _) = try await one.createBot(NewBot(name: "a"), company: "example.com")
            var delays: [Duration] = []
            for _ in 0..<50 {
                let key = try await one.createKey(kind: .bot, company: nil, owner: bot.id, expiresIn: nil)
                await other.wait { $0.tables.key(key.key.resourceID) != nil }
                #expect(other.check(key.secret) == bot.id)
                async let seen: ContinuousClock.Instant = {
                    await other.wait { $0.tables.key(key.key.resourceID)?.key.revokedAt != nil }
                    return .now
                }()
                // Committed at some time between these two.
                let start = ContinuousClock.now
                try await one.revokeKey(key.key.id)
                delays.append(await seen - start)
                #expect(other.check(key.secret) == "revoked")
            }
            delays.sort()
            print("Revocation, from the call to another instance's refusal: median \(delays[25]), worst \(delays[49])")
            #expect(delays[25] < .milliseconds(100))
        }
    }

    @Test("tells those who hold sockets open what concerns them")
    func notification() async throws {
        let notes = Mutex<[SnapshotChanges]>([])
        try await withDatabase { database in
            try await withDirectory(in: database) { _, changes in
                notes.withLock { $0.append(changes) }
            } _: { directory in
                func note(_ make: (inout SnapshotChanges) -> Void) -> SnapshotChanges {
                    var changes = SnapshotChanges()
                    make(&changes)
                    return changes
                }
                func noted() -> [SnapshotChanges] {
                    notes.withLock { notes in
                        defer { notes = [] }
                        return notes
                    }
                }
                try await directory.makeCompany()
                let (bot, key) = try await directory.createBot(NewBot(name: "a"), company: "example.com")
                let (member, _) = try await directory.createMember(NewMember(name: "a"), company: "example.com")
                let botID = try #require(ResourceID(bot.id))
                let memberID = try #require(ResourceID(member.id))
                #expect(
                    noted() == [
                        note {
                            $0.changedBots = [botID]
                            $0.changedBotsByCompany = ["example.com": [botID]]
                        }
                    ]
                )
                try await directory.revokeKey(key.key.id)
                #expect(noted() == [note { $0.revokedKeys = [key.key.resourceID] }])
                try await directory.deleteMember(member.id)
                #expect(noted().contains(note { $0.deletedMembers = [memberID] }))
                try await directory.deleteCompany("example.com")
                let last = noted()
                #expect(last.first == note { $0.deletedCompanies = ["example.com"] })
                #expect(last.flatMap(\.deletedBots) == [botID])
            }
        }
    }

    @Test("takes what is changed by hand, and leaves what it cannot read as it was")
    func changesByHand() async throws {
        try await withDirectory { directory in
            try await directory.makeCompany()
            let (bot, key) = try await directory.createBot(NewBot(name: "a"), company: "example.com")
            let (bots, keys) = (directory.collections.bots, directory.collections.keys)
            try await keys.updateOne(
                ["_id": .string(key.key.id)],
                ["$set": ["revoked_at": .date(milliseconds: 1)]]
            )
            await directory.wait { $0.tables.key(key.key.resourceID)?.key.revokedAt != nil }
            try await keys.updateOne(["_id": .string(key.key.id)], ["$unset": ["revoked_at": ""]])
            await directory.wait { $0.tables.key(key.key.resourceID)?.key.revokedAt == nil }
            try await bots.updateOne(["_id": .string(bot.id)], ["$set": ["name": .int32(5)]])
            try await bots.insert(["_id": "bot_byHand", "company": "example.com", "name": "hand"])
            await directory.wait { $0.bot("bot_byHand") != nil }
            #expect(directory.snapshot.bot(bot.id)?.name == "a")
            #expect(directory.status.unreadableDocuments == 1)
            await #expect(throws: DirectoryError.self) { try await directory.bot(bot.id) }
            #expect(try await directory.bots(company: "example.com", after: nil, limit: 9).map(\.name) == ["hand"])
            var patch = BotPatch()
            patch.name = "b"
            #expect(try await directory.updateBot("bot_byHand", patch)?.name == "b")
            try await keys.deleteOne(["_id": .string(key.key.id)])
            await directory.wait { $0.tables.key(key.key.resourceID) == nil }
            #expect(directory.check(key.secret) == "unknown")
        }
    }

    @Test("loads what was there before, unreadable documents left out")
    func load() async throws {
        try await withDatabase { database in
            var secrets: [String: String] = [:]
            try await withDirectory(in: database) { directory in
                try await directory.makeCompany()
                try await directory.makeCompany("a-rather-long-domain-name.example.com")
            }
            let written = Mutex(secrets)
            try await withDirectory(in: database) { directory in
                for company in ["example.com", "a-rather-long-domain-name.example.com"] {
                    for index in 0..<20 {
                        let command = Command(name: CommandName(trusting: "/c\(index)"))
                        let (bot, key) = try await directory.createBot(
                            NewBot(name: "b\(index)", commands: [command]),
                            company: company
                        )
                        let (member, other) = try await directory.createMember(NewMember(name: "m"), company: company)
                        written.withLock {
                            $0[key.secret] = bot.id
                            $0[other.secret] = member.id
                        }
                    }
                }
            }
            try await database.collection("keys").insert(["_id": "key_broken", "kind": "bot"])
            try await database.collection("bots").insert(["_id": 12, "company": "x"])
            secrets = written.withLock { $0 }
            try await withDirectory(in: database) { [secrets] directory in
                for (secret, owner) in secrets { #expect(directory.check(secret) == owner) }
                #expect(directory.snapshot.bots(company: "example.com").count == 20)
                #expect(directory.snapshot.members(company: "example.com", named: "m").count == 20)
                #expect(directory.snapshot.counts.commands == 40)
                let status = directory.status
                #expect(status.isLoaded && status.isConnected && status.source == .changeStream)
                #expect(status.unreadableDocuments == 2 && status.loads == 1 && status.staleSince == nil)
            }
        }
    }

    @Test("loads everything anew when a collection or the database is dropped")
    func dropping() async throws {
        try await withDirectory { directory in
            try await directory.makeCompany()
            let (_, key) = try await directory.createBot(NewBot(name: "a"), company: "example.com")
            try await directory.collections.database.run(["drop": "bots"])
            await directory.wait { $0.counts.bots == 0 }
            #expect(directory.check(key.secret) == "unknown")
            try await directory.collections.database.drop()
            await directory.wait { $0.counts.companies == 0 && $0.counts.keys == 0 }
            // The indexes are made again, too.
            try await directory.makeCompany()
            let command = Command(name: CommandName(trusting: "/a"))
            _ = try await directory.createBot(NewBot(name: "a", commands: [command]), company: "example.com")
            await #expect(throws: DirectoryError.self) {
                try await directory.createBot(NewBot(name: "b", commands: [command]), company: "example.com")
            }
        }
    }
}
