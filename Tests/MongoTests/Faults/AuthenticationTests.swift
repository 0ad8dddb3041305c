import BSON
import MongodSupport
import Testing

@testable import Mongo

/// A server that wants a user name and a password.
@Suite(.timeLimit(.minutes(3))) struct AuthenticationTests {
    @Test func `the right password is let in, a wrong one and none are told apart from a server that is away`()
        async throws
    {
        let mongod = try await TestMongod.start(.standalone, arguments: ["--auth"])
        // The server lets the first user be made by anybody on its own machine.
        try await withPool(of: mongod) { pool in
            try await pool.database("admin")
                .run([
                    "createUser": "user", "pwd": "p@ssword", "roles": ["readWriteAnyDatabase"],
                ])
        }
        try await insert(mongod, as: "user:p%40ssword@")
        let wrong = try await expectError(.unauthorized) { try await insert(mongod, as: "user:another@") }
        #expect(wrong.message.contains("password"))
        #expect(!wrong.message.contains("another"))
        let nobody = try await expectError(.unauthorized) { try await insert(mongod, as: "") }
        #expect(nobody.serverCode == 13)
        await mongod.stop()
    }

    private func insert(_ mongod: TestMongod, as user: String) async throws {
        let uri = "mongodb://\(user)127.0.0.1:\(mongod.port)/?authSource=admin"
        let pool = try MongoPool(uri: uri, logger: .silent)
        let outcome = await Result { try await pool.database("test").collection("things").insert(["a": 1]) }
        await pool.close()
        try outcome.get()
    }
}

extension Result where Failure == any Error {
    fileprivate init(catching body: () async throws -> Success) async {
        do {
            self = .success(try await body())
        } catch {
            self = .failure(error)
        }
    }
}
