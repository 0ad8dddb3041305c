import BSON
import Logging
import Mongo
import MongodSupport
import Testing

@testable import Directory

/// Lends a directory that runs and is loaded, in a database of its own of the shared mongod.
func withDirectory(_ body: @Sendable (Directory) async throws -> Void) async throws {
    try await withDatabase { database in
        try await withDirectory(in: database, body)
    }
}

/// Lends two directories in one database, each with connections of its own, as two processes have.
func withTwoDirectories(_ body: @Sendable (Directory, Directory) async throws -> Void) async throws {
    try await withDatabase { database in
        try await withPool(of: .shared()) { otherPool in
            try await withDirectory(in: database) { one in
                try await withDirectory(in: otherPool.database(database.name)) { other in
                    try await body(one, other)
                }
            }
        }
    }
}

/// Lends a directory that runs, and ends it whatever happens.
func withDirectory(
    in database: MongoDatabase,
    waitUntilLoaded: Bool = true,
    logger: Logger = .silent,
    onChange: @escaping @Sendable (Snapshot, SnapshotChanges) -> Void = { _, _ in },
    _ body: @Sendable (Directory) async throws -> Void
) async throws {
    let directory = Directory(database: database, logger: logger, onChange: onChange)
    try await withThrowingTaskGroup { group in
        group.addTask { await directory.run() }
        if waitUntilLoaded { #expect(await directory.waitUntilLoaded()) }
        defer { group.cancelAll() }
        try await body(directory)
    }
}

/// Lends an empty database of the shared mongod and drops it afterwards.
func withDatabase(_ body: @Sendable (MongoDatabase) async throws -> Void) async throws {
    try await withPool(of: .shared()) { pool in
        let database = pool.database(TestMongod.uniqueDatabaseName())
        try await body(database)
        try await database.drop()
    }
}

/// Lends a pool and closes it whatever happens.
func withPool(of mongod: TestMongod, _ body: @Sendable (MongoPool) async throws -> Void) async throws {
    let pool = try MongoPool(uri: mongod.uri, logger: .silent)
    do {
        try await body(pool)
    } catch {
        await pool.close()
        throw error
    }
    await pool.close()
}

extension Directory {
    /// Waits until this directory's snapshot meets the condition; the time limit of the test ends a wait in vain.
    func wait(until condition: @escaping @Sendable (Snapshot) -> Bool) async {
        _ = await follower.waiters.wait(until: condition)
    }

    func makeCompany(_ domain: String = "example.com") async throws {
        _ = try await createCompany(NewCompany(domain: domain, name: domain))
    }

    /// Whom a secret lets in: the id of the bot or member, or `admin`; or why not.
    func check(_ secret: String) -> String {
        switch snapshot.check(secret, now: .now) {
        case .success(.admin(let company, _)): company.map { "admin of \($0)" } ?? "admin"
        case .success(.bot(let bot, _)): bot.id
        case .success(.member(let member, _)): member.id
        case .failure(let refusal): "\(refusal)"
        }
    }
}

extension Logger {
    /// Says nothing.
    static var silent: Logger { Logger(label: "silent") { _ in SwiftLogNoOpLogHandler() } }
}
