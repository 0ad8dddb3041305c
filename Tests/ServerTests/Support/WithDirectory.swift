import Directory
import Logging
import Mongo
import MongodSupport

/// Lends a directory that runs and is loaded, in a database of its own.
///
/// - Parameter mongod: The one that all tests share unless given.
func withDirectory(
    on mongod: TestMongod? = nil,
    _ body: @Sendable (Directory) async throws -> Void
) async throws {
    let shared = mongod == nil ? try await TestMongod.shared() : nil
    guard let uri = (mongod ?? shared)?.uri else { return }
    let pool = try MongoPool(uri: uri, logger: .silent)
    let database = pool.database(TestMongod.uniqueDatabaseName())
    let directory = Directory(database: database, logger: .silent)
    do {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await directory.run() }
            defer { group.cancelAll() }
            guard await directory.waitUntilLoaded() else { return }
            try await body(directory)
        }
        if mongod == nil { try await database.drop() }
    } catch {
        await pool.close()
        throw error
    }
    await pool.close()
}
