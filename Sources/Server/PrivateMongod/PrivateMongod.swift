import Foundation
public import Logging
import Mongo
public import ServiceLifecycle
import Synchronization

/// A mongod of the server's own, for whoever has no MongoDB: a one-node replica set on loopback, as a child process.
///
/// ```
/// start ──► running ──► stop (run is cancelled or shut down, in a service group after the services that use it)
///              │ ▲
///        ended │ │ started again on the same port, after a pause that grows
///              ▼ │
///            pausing ──► run throws `.keepsEnding`
/// ```
///
/// Its files stand in the data directory: `mongodb/` with the data, `mongod.log`, `mongod.port`, `mongod.pid`, and `lock`,
/// which keeps a second server away. It stops with this process, also when that is killed.
public final class PrivateMongod: Service, Sendable {
    static let databaseFolder = "mongodb"
    static let logFile = "mongod.log"
    static let portFile = "mongod.port"
    static let processFile = "mongod.pid"

    /// A mongod that shuts down in order needs less; one that hangs is killed after it.
    private static let stopPatience = Duration.seconds(10)

    /// The connection string of the replica set; good for as long as this value lives, also over restarts.
    public let uri: String

    private let port: UInt16
    private let launcher: MongodLauncher
    private let restarts: RestartPolicy
    private let directory: DataDirectory
    private let lock: DataDirectoryLock
    private let logger: Logger
    private let child: Mutex<(process: ChildProcess, since: ContinuousClock.Instant)>

    /// Starts a mongod on the data directory's files and returns when it takes writes.
    ///
    /// Before that it ends a mongod that a killed server left behind. It chooses the port of the last time when that is
    /// free.
    ///
    /// - Throws: ``PrivateMongodError`` when there is no mongod, when another server uses the directory, or when the mongod
    ///   does not come up, with the reason from its log.
    public static func start(
        _ configuration: ServerConfiguration,
        logger: Logger
    ) async throws(PrivateMongodError) -> PrivateMongod {
        try await start(configuration, restarts: RestartPolicy(), logger: logger)
    }

    static func start(
        _ configuration: ServerConfiguration,
        restarts: RestartPolicy,
        logger: Logger
    ) async throws(PrivateMongodError) -> PrivateMongod {
        let executable = try MongodExecutable(configured: configuration.mongodExecutable).find()
        let directory = DataDirectory(configuration.dataDirectory)
        let lock: DataDirectoryLock
        do throws(DataDirectoryError) {
            try directory.create()
            lock = try DataDirectoryLock(directory)
            try DataDirectory(directory.file(databaseFolder)).create()
        } catch {
            throw PrivateMongodError(.dataDirectory, error.description)
        }
        try await LeftoverMongod.end(in: directory, patience: stopPatience)
        let launcher = MongodLauncher(executable: executable, directory: directory, logger: logger)
        let (process, port) = try await launcher.launchOnSomePort()
        return PrivateMongod(launcher, restarts: restarts, lock: lock, process: process, port: port)
    }

    private init(
        _ launcher: MongodLauncher,
        restarts: RestartPolicy,
        lock: DataDirectoryLock,
        process: ChildProcess,
        port: UInt16
    ) {
        self.launcher = launcher
        self.restarts = restarts
        self.lock = lock
        self.port = port
        directory = launcher.directory
        logger = launcher.logger
        uri = ReplicaSet(port: port, logger: logger).uri
        child = Mutex((process, .now))
    }

    /// Watches over the mongod until the task is cancelled or the service group shuts down, and then stops it.
    ///
    /// A mongod that ends by itself is started again, on its port, with growing pauses.
    ///
    /// - Throws: ``PrivateMongodError`` when it ends again and again.
    public func run() async throws {
        do {
            try await cancelWhenGracefulShutdown { try await self.watch() }
        } catch {
            await stop()
            throw error
        }
        await stop()
    }

    /// Stops the mongod and gives the data directory free. For a server that fails before it comes to ``run()``, which
    /// does the same at its end; harmless when it has been done.
    public func stop() async {
        await child.withLock { $0.process }.stop(patience: Self.stopPatience)
        directory.remove(Self.processFile)
        lock.release()
    }

    private func watch() async throws {
        var policy = restarts
        while let exit = await child.withLock({ $0.process }).exit() {
            var ending = "\(exit)"
            var since = child.withLock { $0.since }
            while true {
                let action = policy.ended(ranFor: since.duration(to: .now))
                guard case .restart(let pause) = action else { throw keepsEnding(ending) }
                logger.error(
                    "the private mongod ended and is started again; until then the server goes on from memory",
                    metadata: ["reason": "\(ending)", "pause": "\(pause)", "log": "\(directory.file(Self.logFile))"]
                )
                do {
                    try await Task.sleep(for: pause)
                    since = .now
                    let process = try await launcher.launch(port: port)
                    child.withLock { $0 = (process, .now) }
                    logger.info("the private mongod is back", metadata: ["process": "\(process.processID)"])
                    break
                } catch let error as PrivateMongodError {
                    ending = error.description
                } catch {
                    return
                }
            }
        }
    }

    private func keepsEnding(_ ending: String) -> PrivateMongodError {
        PrivateMongodError(
            .keepsEnding,
            "The private mongod ended \(RestartPolicy.patience) times in a row; the last time it \(ending). "
                + "See \(directory.file(Self.logFile))."
        )
    }
}
