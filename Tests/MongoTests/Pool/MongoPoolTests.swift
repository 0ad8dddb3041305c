import BSON
import MongodSupport
import Testing

@testable import Mongo

@Suite struct MongoPoolTests {
    @Test func `a command runs and returns its reply`() async throws {
        try await withDatabase { database in
            let reply = try await database.run(["ping": .int32(1)])
            #expect(reply["ok"]?.double == 1)
        }
    }

    @Test func `a command that the server does not know is an error with the server's number`() async throws {
        try await withDatabase { database in
            let error = try await expectError(.server) { try await database.run(["noSuchCommand": .int32(1)]) }
            #expect(error.serverCode == 59)
            #expect(error.message.contains("noSuchCommand"))
        }
    }

    @Test func `more calls at once than connections are all answered`() async throws {
        var configuration = MongoPool.Configuration()
        configuration.size = 2
        try await withDatabase(configuration) { database in
            let replies = try await withThrowingTaskGroup { group in
                for _ in 0..<50 { group.addTask { try await database.run(["ping": .int32(1)]) } }
                return try await group.reduce(into: 0) { count, _ in count += 1 }
            }
            #expect(replies == 50)
        }
    }

    @Test func `a pool uses no more connections than its size`() async throws {
        var configuration = MongoPool.Configuration()
        configuration.size = 3
        configuration.applicationName = TestMongod.uniqueDatabaseName()
        try await withDatabase(configuration) { [configuration] database in
            try await withThrowingTaskGroup { group in
                for _ in 0..<50 { group.addTask { try await database.run(["ping": .int32(1)]) } }
                try await group.waitForAll()
            }
            let operations = try await database.pool.database("admin")
                .run([
                    "aggregate": .int32(1), "cursor": [:],
                    "pipeline": [
                        ["$currentOp": ["allUsers": true, "idleConnections": true]],
                        [
                            "$match": [
                                "appName": .string(configuration.applicationName),
                                "clientMetadata.driver.name": ["$exists": true],
                            ]
                        ],
                    ],
                ])
            let connections = try operations.document("cursor").documents("firstBatch")
            // Two more watch the server, in the background.
            #expect(connections.count <= 3 + 2)
            let driver = connections.first?["clientMetadata"]?.document?["driver"]?.document?["name"]?.string
            #expect(driver?.contains("hiworker") == true)
        }
    }

    @Test func `after closing, calls and change streams are refused`() async throws {
        let pool = try MongoPool(uri: await TestMongod.shared().uri, logger: .silent)
        let database = pool.database("test")
        try await database.run(["ping": .int32(1)])
        await pool.close()
        await pool.close()
        try await expectError(.closed) { try await database.run(["ping": .int32(1)]) }
        try await expectError(.closed) { for try await _ in database.changes() {} }
    }

    @Test func `a pool that was never used closes, and refuses calls then`() async throws {
        let pool = try MongoPool(uri: "mongodb://127.0.0.1:1/?replicaSet=rs0", logger: .silent)
        await pool.close()
        try await expectError(.closed) { try await pool.database("test").run(["ping": .int32(1)]) }
    }

    @Test func `a pool that is dropped without being closed says so and closes itself`() async throws {
        let log = CapturedLog()
        do {
            let pool = try MongoPool(uri: await TestMongod.shared().uri, logger: log.logger)
            try await pool.database("test").run(["ping": .int32(1)])
        }
        try await until { log.lines.contains { $0.contains("without being closed") } }
    }

    @Test(arguments: ["", "a\u{0}b"])
    func `a name that C would cut is refused`(name: String) async throws {
        try await withDatabase { database in
            try await expectError(.invalidArgument) { try await database.pool.database(name).run(["ping": .int32(1)]) }
            try await expectError(.invalidArgument) { try await database.collection(name).count() }
        }
    }

    @Test func `nobody listening is an error within the limit, and says where`() async throws {
        let pool = try MongoPool(uri: "mongodb://127.0.0.1:1/?replicaSet=rs0", logger: .silent)
        let start = ContinuousClock.now
        let error = try await expectError(.unavailable) { try await pool.database("test").run(["ping": .int32(1)]) }
        #expect(ContinuousClock.now - start < .seconds(5))
        #expect(error.message.contains("127.0.0.1:1"))
        #expect(error.isTransient)
        await pool.close()
    }
}
