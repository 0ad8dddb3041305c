import ArgumentParser
import BSON
import Directory
import Logging
import Mongo
import Server

/// `hiworker key admin`
struct KeyAdmin: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "admin",
        abstract: "Make an admin key of the platform, straight in MongoDB, and print it.",
        discussion: """
            For whoever holds the database and has no admin key, or lost it. It asks no server and needs no API key. With no \
            MongoDB named it uses the private mongod of the data directory, which it starts for a moment when no server runs.
            """
    )

    /// A large directory is read as a whole before a key is written to it.
    private static let patience = Duration.seconds(60)

    @Option(help: ArgumentHelp("When it stops working; unset is never.", valueName: "seconds")) var expiresInSeconds:
        Int?
    @Flag(name: .customLong("json"), help: "Print the key as JSON.") var json = false
    @OptionGroup(title: "Storage") var storage: StorageOptions

    func validate() throws {
        if let expiresInSeconds, expiresInSeconds < 1 {
            throw ValidationError("--expires-in-seconds is \(expiresInSeconds); it must be at least 1.")
        }
    }

    func run() async throws {
        var configuration = try ServerConfiguration(reading: .settings(flags: storage.flags))
        configuration.logLevel = max(configuration.logLevel, .warning)
        StandardErrorLogHandler.bootstrap(configuration)
        let logger = Logger(label: "hiworker")
        let key = try await PrivateMongod.withURI(configuration, logger: logger) { uri in
            try await Self.makeKey(
                uri,
                database: configuration.mongodbDatabase,
                expiresIn: expiresInSeconds.map { .seconds($0) },
                logger: logger
            )
        }
        let console = Console(json: json)
        console.show(["id": .string(key.key.id), "kind": "admin", "secret": .string(key.secret)])
        if !json { console.note("The secret is shown this once: keep it now.") }
    }

    private static func makeKey(
        _ uri: String,
        database: String,
        expiresIn: Duration?,
        logger: Logger
    ) async throws -> IssuedKey {
        let pool: MongoPool
        do throws(MongoError) {
            pool = try MongoPool(uri: uri, logger: logger)
        } catch {
            throw CommandFailure(.wrongConfiguration, error.message)
        }
        let directory = Directory(database: pool.database(database), logger: logger)
        let following = Task { await directory.run() }
        let result: Result<IssuedKey, any Error>
        do {
            guard await Self.isLoaded(directory) else {
                throw CommandFailure(
                    .unavailable,
                    "MongoDB did not answer within \(patience.components.seconds) seconds: "
                        + (directory.status.problem ?? "it gave no reason") + "."
                )
            }
            result = .success(
                try await directory.createKey(kind: .admin, company: nil, owner: nil, expiresIn: expiresIn)
            )
        } catch DirectoryError.storageUnavailable(let reason) {
            result = .failure(CommandFailure(.unavailable, "MongoDB did not take the key: \(reason)"))
        } catch {
            result = .failure(error)
        }
        following.cancel()
        await following.value
        await pool.close()
        return try result.get()
    }

    /// Whether the directory was read in time.
    private static func isLoaded(_ directory: Directory) async -> Bool {
        let loading = Task { await directory.waitUntilLoaded() }
        let overdue = Task {
            try await Task.sleep(for: patience)
            loading.cancel()
        }
        defer { overdue.cancel() }
        return await loading.value
    }
}
