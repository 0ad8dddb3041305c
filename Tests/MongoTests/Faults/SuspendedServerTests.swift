import BSON
import MongodSupport
import Testing

@testable import Mongo

/// A server that hangs: its connections stand, and nothing is answered.
@Suite(.timeLimit(.minutes(3))) struct SuspendedServerTests {
    /// What the calls promise, and what a busy machine may add.
    private static let promise = Duration.milliseconds(4500)
    private static let grace = Duration.milliseconds(500)

    @Test func `every call fails within its limit, all work again afterwards, and the pool closes`() async throws {
        let mongod = try await TestMongod.start()
        try await withPool(of: mongod) { pool in
            let database = pool.database("test")
            let things = database.collection("things")
            try await things.insert([["_id": 1], ["_id": 2]])
            mongod.suspend()
            try await expectAllToFail(Self.calls(database, things))
            // Now that the pool's threads hang, others wait for them in the queue.
            try await expectAllToFail(Self.calls(database, things))
            mongod.resume()
            let start = ContinuousClock.now
            try await until { (try? await things.findOne(["_id": 1])) != nil }
            #expect(ContinuousClock.now - start < .seconds(5))
            for (name, call) in Self.calls(database, things) {
                await #expect(throws: Never.self, "\(name)") { try await call() }
            }
        }
        await mongod.stop()
    }

    @Test func `a pool that has never connected fails within the limit too`() async throws {
        let mongod = try await TestMongod.start()
        mongod.suspend()
        try await withPool(of: mongod) { pool in
            let database = pool.database("test")
            try await expectAllToFail(Self.calls(database, database.collection("things")))
        }
        await mongod.stop()
    }

    @Test func `a change stream fails when the server hangs, and the pool still closes`() async throws {
        let mongod = try await TestMongod.start()
        try await withPool(of: mongod) { pool in
            var changes = pool.database("test").changes().makeAsyncIterator()
            try await changes.expectOpened()
            mongod.suspend()
            let start = ContinuousClock.now
            let error = await #expect(throws: MongoError.self) { while try await changes.next() != nil {} }
            #expect(error?.isTransient == true)
            #expect(ContinuousClock.now - start < .seconds(6))
        }
        await mongod.stop()
    }

    @Test func `a scan that is under way fails within the limit, and its closure runs no more`() async throws {
        let mongod = try await TestMongod.start()
        try await withPool(of: mongod) { pool in
            let things = pool.database("test").collection("things")
            let filler = BSONValue.binary(bytes: [UInt8](repeating: 0, count: 1000))
            try await things.insert((0..<5000).map { ["_id": .int64($0), "filler": filler] })
            let seen = Journal<Void>()
            let error = await #expect(throws: MongoError.self) {
                try await things.scan { _ in
                    // The first batch has 101 documents; the second has to be asked for.
                    if seen.entries.isEmpty { mongod.suspend() }
                    seen.write(())
                }
            }
            #expect(error?.isTransient == true)
            #expect(seen.entries.count < 5000)
        }
        await mongod.stop()
    }

    @Test func `closing ends although every connection hangs, and the calls that wait get their errors`() async throws {
        let mongod = try await TestMongod.start()
        let pool = try MongoPool(uri: mongod.uri, logger: .silent)
        let database = pool.database("test")
        var changes = database.changes().makeAsyncIterator()
        try await changes.expectOpened()
        mongod.suspend()
        let calls = Task { try await expectAllToFail(Self.calls(database, database.collection("things"))) }
        try await until { pool.queuedCalls > 0 }
        let start = ContinuousClock.now
        await pool.close()
        #expect(ContinuousClock.now - start < .seconds(15))
        try await calls.value
        await mongod.stop()
    }

    /// One of each kind.
    private static func calls(
        _ database: MongoDatabase,
        _ things: MongoCollection
    ) -> [(name: String, call: @Sendable () async throws -> Void)] {
        [
            ("run", { try await database.run(["ping": .int32(1)]) }),
            ("find", { _ = try await things.find(limit: 10) }),
            ("findOne", { _ = try await things.findOne(["_id": 1]) }),
            ("scan", { try await things.scan { _ in } }),
            ("count", { _ = try await things.count() }),
            ("aggregate", { _ = try await things.aggregate([], limit: 10) }),
            ("insert", { try await things.insert(["a": 1]) }),
            ("updateOne", { try await things.updateOne(["_id": 1], ["$set": ["a": 1]]) }),
            ("updateMany", { try await things.updateMany([:], ["$set": ["a": 1]]) }),
            ("replaceOne", { try await things.replaceOne(["_id": 2], with: ["a": 1]) }),
            ("deleteOne", { try await things.deleteOne(["_id": 3]) }),
            ("deleteMany", { try await things.deleteMany(["_id": 3]) }),
            ("bulkWrite", { try await things.bulkWrite([.insert(["a": 1]), .deleteOne(["_id": 3])]) }),
            ("findOneAndUpdate", { try await things.findOneAndUpdate(["_id": 1], ["$set": ["a": 1]]) }),
            ("createIndexes", { try await things.createIndexes([MongoIndex(["a": 1])]) }),
        ]
    }

    private func expectAllToFail(_ calls: [(name: String, call: @Sendable () async throws -> Void)]) async throws {
        try await withThrowingTaskGroup { group in
            for (name, call) in calls {
                group.addTask {
                    let start = ContinuousClock.now
                    let error = await #expect(throws: MongoError.self, "\(name)") { try await call() }
                    let duration = ContinuousClock.now - start
                    #expect(duration < Self.promise + Self.grace, "\(name) took \(duration)")
                    #expect(error?.isTransient == true, "\(name): \(error?.description ?? "no error")")
                }
            }
            try await group.waitForAll()
        }
    }
}
