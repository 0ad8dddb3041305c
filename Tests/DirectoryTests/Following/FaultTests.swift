import BSON
import Mongo
import MongodSupport
import Testing

@testable import Directory

/// Each on a mongod of its own, which it hurts.
@Suite("When MongoDB fails", .serialized, .timeLimit(.minutes(3)))
struct FaultTests {
    @Test("a directory goes on with what it knows, refuses writes in time, and recovers by itself")
    func killed() async throws {
        try await withMongod { mongod in
            try await withPool(of: mongod) { pool in
                try await withDirectory(in: pool.database("test")) { directory in
                    try await directory.makeCompany()
                    let (bot, key) = try await directory.createBot(NewBot(name: "a"), company: "example.com")
                    await mongod.kill()
                    try await until { !directory.status.isConnected }
                    let status = directory.status
                    #expect(status.isLoaded && status.staleSince != nil && status.problem != nil)
                    #expect(directory.check(key.secret) == bot.id)
                    let start = ContinuousClock.now
                    await withTaskGroup { group in
                        group.addTask { await expectUnavailable { _ = try await directory.bot(bot.id) } }
                        group.addTask { await expectUnavailable { try await directory.makeCompany("other.example") } }
                        group.addTask { await expectUnavailable { try await directory.revokeKey(key.key.id) } }
                    }
                    #expect(ContinuousClock.now - start < .seconds(5))
                    try await mongod.restart()
                    try await until { directory.status.isConnected }
                    #expect(directory.status.reopenings == 1 && directory.status.staleSince == nil)
                    try await directory.revokeKey(key.key.id)
                    #expect(directory.check(key.secret) == "revoked")
                    #expect(try await directory.bot(bot.id) == bot)
                }
            }
        }
    }

    @Test("what others changed while nobody followed is seen afterwards, without loading everything anew")
    func missedChanges() async throws {
        try await withMongod { mongod in
            try await withPool(of: mongod) { pool in
                try await withDirectory(in: pool.database("test")) { directory in
                    try await directory.makeCompany()
                    let (bot, key) = try await directory.createBot(NewBot(name: "a"), company: "example.com")
                    mongod.suspend()
                    // Silence alone does not yet close the stream; the problem that ended it does.
                    try await until { directory.status.problem?.contains("MongoDB cannot be reached") == true }
                    mongod.resume()
                    try await withPool(of: mongod) { other in
                        let keys = other.database("test").collection("keys")
                        try await keys.updateOne(
                            ["_id": .string(key.key.id)],
                            ["$set": ["revoked_at": .date(milliseconds: 1)], "$inc": ["revision": 1]]
                        )
                    }
                    await directory.wait { $0.tables.key(key.key.resourceID)?.key.revokedAt != nil }
                    #expect(directory.status.loads == 1 && directory.status.reopenings == 1)
                    #expect(directory.snapshot.bot(bot.id) != nil)
                }
            }
        }
    }

    @Test("and hangs, calls fail within five seconds, the status says so, and keys are still checked")
    func hanging() async throws {
        try await withMongod { mongod in
            try await withPool(of: mongod) { pool in
                try await withDirectory(in: pool.database("test")) { directory in
                    try await directory.makeCompany()
                    let (bot, key) = try await directory.createBot(NewBot(name: "a"), company: "example.com")
                    mongod.suspend()
                    let start = ContinuousClock.now
                    await withTaskGroup { group in
                        group.addTask { await expectUnavailable { _ = try await directory.bot(bot.id) } }
                        group.addTask { await expectUnavailable { try await directory.makeCompany("o.example") } }
                        group.addTask { await expectUnavailable { try await directory.deleteBot(bot.id) } }
                        group.addTask { await expectUnavailable { try await directory.deleteCompany("example.com") } }
                    }
                    #expect(ContinuousClock.now - start < .seconds(5))
                    #expect(!directory.status.isConnected)
                    #expect(directory.check(key.secret) == bot.id)
                    mongod.resume()
                    try await until { directory.status.isConnected }
                    let (_, other) = try await directory.createMember(NewMember(name: "b"), company: "example.com")
                    #expect(directory.check(other.secret).hasPrefix("mem_"))
                }
            }
        }
    }

    @Test("before it was there at all, a directory waits for it and loads then")
    func notThereYet() async throws {
        try await withMongod { mongod in
            await mongod.kill()
            try await withPool(of: mongod) { pool in
                try await withDirectory(in: pool.database("test"), waitUntilLoaded: false) { directory in
                    try await until { directory.status.problem?.contains("MongoDB cannot be reached") == true }
                    #expect(!directory.status.isLoaded && directory.status.staleSince == nil)
                    try await mongod.restart()
                    let isLoaded = await directory.waitUntilLoaded()
                    #expect(isLoaded && directory.status.isLoaded)
                    try await directory.makeCompany()
                }
            }
        }
    }

    @Test("to be a replica set, everything is read again and again, and at once after a write")
    func standalone() async throws {
        try await withMongod(.standalone) { mongod in
            try await withPool(of: mongod) { pool in
                try await withPool(of: mongod) { otherPool in
                    try await withDirectory(in: pool.database("test")) { one in
                        try await withDirectory(in: otherPool.database("test")) { other in
                            #expect(one.status.source == .polling && one.status.isConnected)
                            let start = ContinuousClock.now
                            try await one.makeCompany()
                            let (bot, key) = try await one.createBot(NewBot(name: "a"), company: "example.com")
                            #expect(one.check(key.secret) == bot.id)
                            #expect(ContinuousClock.now - start < .seconds(1))
                            await other.wait { $0.bot(bot.id) != nil && $0.counts.keys == 1 }
                            #expect(other.check(key.secret) == bot.id)
                            try await one.revokeKey(key.key.id)
                            await other.wait { $0.tables.key(key.key.resourceID)?.key.revokedAt != nil }
                            try await one.deleteCompany("example.com")
                            await other.wait { $0.counts.companies == 0 }
                            #expect(other.check(key.secret) == "unknown")
                        }
                    }
                }
            }
        }
    }
}

private func withMongod(
    _ kind: TestMongod.Kind = .replicaSet,
    _ body: @Sendable (TestMongod) async throws -> Void
) async throws {
    let mongod = try await TestMongod.start(kind)
    do {
        try await body(mongod)
    } catch {
        await mongod.stop()
        throw error
    }
    await mongod.stop()
}

private func expectUnavailable(_ call: () async throws -> Void) async {
    let error = await #expect(throws: DirectoryError.self) { try await call() }
    guard case .storageUnavailable = error else {
        Issue.record("another error: \(String(describing: error))")
        return
    }
}

/// Waits for something that shows in the status, which tells nobody when it changes.
private func until(_ isTrue: () -> Bool) async throws {
    let end = ContinuousClock.now + .seconds(60)
    while !isTrue() {
        try #require(ContinuousClock.now < end, "it did not come about within a minute")
        try await Task.sleep(for: .milliseconds(5))
    }
}
