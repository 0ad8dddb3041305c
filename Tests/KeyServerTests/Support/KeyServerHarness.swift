import API
import BSON
import Directory
import Hummingbird
import HummingbirdTesting
import KeyServer
import Logging
import Mongo
import MongodSupport
import Testing

/// A key server over a database of its own, and the platform's first admin key.
struct KeyServerHarness {
    let directory: Directory
    let database: MongoDatabase
    /// Calls as an administrator of the platform.
    let platform: Caller

    /// Runs a test against a key server and removes its database afterwards.
    ///
    /// - Parameters:
    ///   - mongod: Nil for the one that all tests share.
    ///   - presence: What the process knows of a bot's presence.
    static func run(
        on mongod: TestMongod? = nil,
        presence: @escaping @Sendable (String) -> JSON? = { _ in nil },
        _ test: @escaping @Sendable (KeyServerHarness) async throws -> Void
    ) async throws {
        var logger = Logger(label: "key-server-tests")
        logger.logLevel = .critical
        let uri = if let mongod { mongod.uri } else { try await TestMongod.shared().uri }
        let pool = try MongoPool(uri: uri, logger: logger)
        let database = pool.database(TestMongod.uniqueDatabaseName())
        let directory = Directory(database: database, logger: logger)
        let running = Task { await directory.run() }
        do {
            #expect(await directory.waitUntilLoaded())
            let key = try await directory.createKey(kind: .admin, company: nil, owner: nil, expiresIn: nil)
            let router = Router.api(for: .keys)
            KeyServerRoutes(directory: directory, presence: presence).add(to: router)
            try await Application(router: router, logger: logger)
                .test(.router) { client in
                    let platform = Caller(client: client, secret: key.secret)
                    try await test(KeyServerHarness(directory: directory, database: database, platform: platform))
                }
        } catch {
            await end(database, pool, running)
            throw error
        }
        await end(database, pool, running)
    }

    private static func end(_ database: MongoDatabase, _ pool: MongoPool, _ running: Task<Void, Never>) async {
        running.cancel()
        await running.value
        // A mongod that the test killed has nothing left to drop.
        try? await database.drop()
        await pool.close()
    }

    /// Registers a company and makes a key for its administrator.
    func company(_ domain: String) async throws -> Caller {
        try await platform.post("/v1/companies", ["domain": .string(domain), "name": "회사"]).expect(201)
        let key = try await platform.post("/v1/companies/\(domain)/keys").expect(201)
        return try platform.with(key.text("secret"))
    }
}
