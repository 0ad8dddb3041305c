import BSON
import Logging
import Mongo
import MongodSupport

/// Lends a pool and closes it whatever happens.
func withPool(
    of mongod: TestMongod,
    _ configuration: MongoPool.Configuration = MongoPool.Configuration(),
    _ body: (MongoPool) async throws -> Void
) async throws {
    let pool = try MongoPool(uri: mongod.uri, configuration: configuration, logger: .silent)
    do {
        try await body(pool)
    } catch {
        await pool.close()
        throw error
    }
    await pool.close()
}

/// Lends an empty database of the shared mongod and drops it afterwards.
func withDatabase(
    _ configuration: MongoPool.Configuration = MongoPool.Configuration(),
    _ body: (MongoDatabase) async throws -> Void
) async throws {
    try await withPool(of: .shared(), configuration) { pool in
        let database = pool.database(TestMongod.uniqueDatabaseName())
        try await body(database)
        try await database.drop()
    }
}

/// Lends an empty collection of the shared mongod.
func withCollection(_ body: (MongoCollection) async throws -> Void) async throws {
    try await withDatabase { try await body($0.collection("things")) }
}

extension MongoCollection {
    /// Everything in it, by `_id`.
    func all() async throws -> [BSONDocument] {
        try await find(sort: ["_id": 1], limit: 1000)
    }
}

extension Logger {
    /// Says nothing.
    static var silent: Logger { Logger(label: "silent") { _ in SwiftLogNoOpLogHandler() } }
}
