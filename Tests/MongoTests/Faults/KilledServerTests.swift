import BSON
import MongodSupport
import Testing

@testable import Mongo

/// A server that is gone, and comes back on the same port with the same data.
@Suite(.timeLimit(.minutes(3))) struct KilledServerTests {
    @Test func `calls fail within their limit while it is away, and work when it is back`() async throws {
        let mongod = try await TestMongod.start()
        try await withPool(of: mongod) { pool in
            let things = pool.database("test").collection("things")
            try await things.insert(["_id": 1])
            await mongod.kill()
            let start = ContinuousClock.now
            try await expectError(.unavailable) { try await things.insert(["_id": 2]) }
            #expect(ContinuousClock.now - start < .seconds(5))
            // The first error may be that of the broken connection; the next one names who is away.
            let error = try await expectError(.unavailable) { try await things.count() }
            #expect(error.message.contains("127.0.0.1:\(mongod.port)"))
            try await mongod.restart()
            let back = ContinuousClock.now
            try await until { (try? await things.count()) != nil }
            #expect(ContinuousClock.now - back < .seconds(5))
            let documents = try await things.all()
            #expect(documents.first == ["_id": 1])
        }
        await mongod.stop()
    }

    @Test func `a read right after a restart is repeated by itself`() async throws {
        let mongod = try await TestMongod.start()
        try await withPool(of: mongod) { pool in
            let things = pool.database("test").collection("things")
            try await things.insert(["_id": 1])
            await mongod.kill()
            try await mongod.restart()
            let document = try await things.findOne(["_id": 1])
            #expect(document == ["_id": 1])
        }
        await mongod.stop()
    }

    @Test func `a change stream fails at once, and its token goes on when the server is back`() async throws {
        let mongod = try await TestMongod.start()
        try await withPool(of: mongod) { pool in
            let database = pool.database("test")
            let things = database.collection("things")
            var changes = database.changes().makeAsyncIterator()
            try await changes.expectOpened()
            try await things.insert([["_id": 1], ["_id": 2]])
            let token = try await changes.nextChanges(1)[0].resumeToken
            await mongod.kill()
            let start = ContinuousClock.now
            let error = await #expect(throws: MongoError.self) { while try await changes.next() != nil {} }
            #expect(error?.code == .unavailable)
            #expect(ContinuousClock.now - start < .seconds(2))

            try await mongod.restart()
            try await things.insert(["_id": 3])
            var again = database.changes(resumeAfter: token).makeAsyncIterator()
            try await again.expectOpened()
            let missed = try await again.nextChanges(2)
            #expect(missed.map(\.documentID) == [2, 3])
        }
        await mongod.stop()
    }

    @Test func `a token that the server's log no longer reaches is history lost`() async throws {
        let mongod = try await TestMongod.start(arguments: ["--oplogSize", "8", "--syncdelay", "1"])
        try await withPool(of: mongod) { pool in
            let database = pool.database("test")
            var changes = database.changes().makeAsyncIterator()
            let token = try #require(try await changes.next()).resumeToken
            let things = database.collection("things")
            let filler = BSONValue.binary(bytes: [UInt8](repeating: 0, count: 1 << 20))
            // The log is cut off in the background, no further than the last checkpoint.
            try await until {
                try await things.insert((0..<8).map { _ in ["filler": filler] })
                var again = database.changes(resumeAfter: token).makeAsyncIterator()
                do {
                    while let element = try await again.next() {
                        if case .change = element { return false }
                    }
                } catch let error as MongoError where error.code == .changeStreamHistoryLost {
                    #expect(error.serverCode == 286)
                    return true
                }
                return false
            }
        }
        await mongod.stop()
    }
}
