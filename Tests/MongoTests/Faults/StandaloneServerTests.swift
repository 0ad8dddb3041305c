import BSON
import MongodSupport
import Testing

@testable import Mongo

@Suite(.timeLimit(.minutes(3))) struct StandaloneServerTests {
    @Test func `everything works but change streams, which say why`() async throws {
        let mongod = try await TestMongod.start(.standalone)
        try await withPool(of: mongod) { pool in
            let database = pool.database("test")
            let things = database.collection("things")
            try await things.createIndexes([MongoIndex(["a": 1])])
            try await things.insert([["_id": 1], ["_id": 2]])
            try await things.updateOne(["_id": 1], ["$set": ["a": 1]])
            let count = try await things.scan { _ in }
            #expect(count == 2)
            let error = try await expectError(.notAReplicaSet) { for try await _ in database.changes() {} }
            #expect(error.serverCode == 40573)
            #expect(error.message.contains("replica set"))
        }
        await mongod.stop()
    }
}
