import BSON
import Directory
import Logging
import MetricsTestKit
import Mongo
import MongodSupport
import ServiceLifecycle

@testable import Relay

/// A history that runs, and the database that it writes to.
struct HistoryHarness: Sendable {
    let history: History
    let database: MongoDatabase
    let metrics: TestMetrics

    /// What MongoDB holds, by id.
    func stored() async throws -> [BSONDocument] {
        try await database.collection("messages").find([:], sort: ["_id": 1], limit: 10_000)
    }

    func storedIDs() async throws -> [String] {
        try await stored().compactMap { $0["_id"]?.string }
    }

    /// How many messages were dropped.
    var dropped: Int64 {
        get throws { try metrics.expectCounter("hiworker_history_dropped_total").totalValue }
    }
}

/// Lends a history that runs in a database of its own, and stops it as the server does.
///
/// - Parameters:
///   - mongod: The one that all tests share unless given; one that is given is not cleaned up.
func withHistory(
    on mongod: TestMongod? = nil,
    days: Int = 90,
    _ body: @Sendable (HistoryHarness) async throws -> Void
) async throws {
    try await withDatabase(on: mongod) { database in
        try await withHistory(in: database, days: days, body)
    }
}

/// - Parameter prepare: What happens before it runs.
func withHistory(
    in database: MongoDatabase,
    days: Int = 90,
    prepare: (History) -> Void = { _ in },
    _ body: @Sendable (HistoryHarness) async throws -> Void
) async throws {
    let metrics = TestMetrics()
    let history = History(database: database, days: days, logger: .silent, metrics: metrics)
    prepare(history)
    let services = ServiceGroup(configuration: .init(services: [history], logger: .silent))
    try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await services.run() }
        try await body(HistoryHarness(history: history, database: database, metrics: metrics))
        await services.triggerGracefulShutdown()
        try await group.waitForAll()
    }
}

/// Lends an empty database and its pool.
func withDatabase(
    on mongod: TestMongod? = nil,
    _ body: @Sendable (MongoDatabase) async throws -> Void
) async throws {
    let shared = mongod == nil ? try await TestMongod.shared() : nil
    guard let uri = (mongod ?? shared)?.uri else { return }
    let pool = try MongoPool(uri: uri, logger: .silent)
    let database = pool.database(TestMongod.uniqueDatabaseName())
    do {
        try await body(database)
        if mongod == nil { try await database.drop() }
    } catch {
        await pool.close()
        throw error
    }
    await pool.close()
}
