import BSON
import Foundation
import Logging
import Mongo
import Synchronization

/// A mongod of the tests' own, on a free port of the loopback interface and in a temporary directory.
///
/// Ordinary tests share one (``shared()``), each in a database of its own (``uniqueDatabaseName()``). Tests that hurt
/// it start their own and ``stop()`` it. None outlives the process that started it, however that ends.
public final class TestMongod: Sendable {
    public enum Kind: Sendable {
        /// A replica set of one node, which is its primary when the start returns.
        case replicaSet
        /// On its own, and so without change streams.
        case standalone
    }

    public let kind: Kind
    public let port: Int
    private let executable: URL
    private let furtherArguments: [String]
    private let directory: URL
    private let process: Mutex<MongodProcess?>

    /// The address for clients.
    public var uri: String {
        switch kind {
        case .replicaSet: "mongodb://127.0.0.1:\(port)/?replicaSet=\(Self.replicaSetName)"
        case .standalone: "mongodb://127.0.0.1:\(port)/"
        }
    }

    private static let replicaSetName = "rs0"
    private static let sharedInstance = Task { try await start() }

    /// The instance that all ordinary tests of a process share; started at the first call, ended with the process.
    public static func shared() async throws -> TestMongod {
        try await sharedInstance.value
    }

    /// A name that no other test uses.
    public static func uniqueDatabaseName() -> String {
        "test-" + String(UInt64.random(in: .min ... .max), radix: 36)
    }

    /// Starts one, with further arguments of mongod, and returns when it takes writes.
    public static func start(_ kind: Kind = .replicaSet, arguments: [String] = []) async throws -> TestMongod {
        var attempts = 3
        while true {
            do {
                let mongod = try TestMongod(kind, arguments)
                try await mongod.initiate()
                return mongod
            } catch let error as MongodProcess.EarlyEnd where attempts > 1 && error.isPortTaken {
                // Somebody took the port between our look and mongod's.
                attempts -= 1
            }
        }
    }

    private init(_ kind: Kind, _ furtherArguments: [String]) throws {
        self.kind = kind
        self.furtherArguments = furtherArguments
        executable = try MongodBinary.url()
        port = try freePort()
        directory = FileManager.default.temporaryDirectory.appending(path: "mongod-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        process = Mutex(nil)
        try launch()
    }

    private func launch() throws {
        let launched = try MongodProcess(executable, arguments: arguments, directory: directory)
        process.withLock { $0 = launched }
    }

    private var arguments: [String] {
        var arguments = [
            "--port", String(port), "--bind_ip", "127.0.0.1", "--nounixsocket",
            "--dbpath", directory.path(), "--logpath", directory.appending(path: "mongod.log").path(), "--logappend",
            "--wiredTigerCacheSizeGB", "0.25",
            "--setParameter", "diagnosticDataCollectionEnabled=false",
        ]
        if kind == .replicaSet { arguments += ["--replSet", Self.replicaSetName] }
        return arguments + furtherArguments
    }
}

/// Hurting it.
extension TestMongod {
    /// Ends it at once, as a power cut would; its data stay. Returns when it is gone.
    public func kill() async {
        await process.withLock { $0 }?.end(SIGKILL)
    }

    /// Starts it again after ``kill()``, on the same port with the same data; returns when it takes writes.
    public func restart() async throws {
        try launch()
        try await untilWritable()
    }

    /// Makes it hang: connections stay, nothing is answered.
    public func suspend() {
        process.withLock { $0 }?.signal(SIGSTOP)
    }

    public func resume() {
        process.withLock { $0 }?.signal(SIGCONT)
    }

    /// Ends it and removes its files.
    public func stop() async {
        await kill()
        try? FileManager.default.removeItem(at: directory)
    }
}

/// Becoming a primary.
extension TestMongod {
    private func initiate() async throws {
        guard kind == .replicaSet else { return try await untilWritable() }
        try await withDirectPool { admin in
            try await untilReachable(admin)
            try await admin.run([
                "replSetInitiate": [
                    "_id": .string(Self.replicaSetName),
                    "members": [["_id": .int32(0), "host": .string("127.0.0.1:\(port)")]],
                ]
            ])
        }
        try await untilWritable()
    }

    private func untilWritable() async throws {
        try await withDirectPool { admin in
            try await retry { try await admin.run(["hello": .int32(1)])["isWritablePrimary"]?.bool == true }
        }
    }

    private func untilReachable(_ admin: MongoDatabase) async throws {
        try await retry {
            try await admin.run(["ping": .int32(1)])
            return true
        }
    }

    /// Tries again every 20 ms for a minute, as long as mongod runs. The only wait of this target that is not for an
    /// event.
    private func retry(_ isReady: () async throws -> Bool) async throws {
        let end = ContinuousClock.now + .seconds(60)
        while true {
            do {
                if try await isReady() { return }
            } catch let error as MongoError where error.isTransient && ContinuousClock.now < end {
                try process.withLock { $0 }?.checkRunning()
            }
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    private func withDirectPool(_ body: (MongoDatabase) async throws -> Void) async throws {
        var configuration = MongoPool.Configuration()
        configuration.size = 1
        let uri = "mongodb://127.0.0.1:\(port)/?directConnection=true"
        let pool = try MongoPool(uri: uri, configuration: configuration, logger: Logger(label: "test-mongod"))
        do {
            try await body(pool.database("admin"))
        } catch {
            await pool.close()
            throw error
        }
        await pool.close()
    }
}
