import Directory
import Foundation
import Logging
import Mongo
import Relay
import ServiceLifecycle
import Synchronization

/// Closes the pool when everything that uses it has stopped.
struct ClosingPool: Service {
    let pool: MongoPool

    func run() async throws {
        try? await gracefulShutdown()
        await pool.close()
    }
}

/// Tells the relay of changes in the directory. The directory is there first, so the relay is handed in later.
final class ChangeForwarder: Sendable {
    private let target = Mutex<Relay?>(nil)

    var relay: Relay? {
        get { target.withLock(\.self) }
        set { target.withLock { $0 = newValue } }
    }

    func forward(_ changes: SnapshotChanges) {
        relay?.directoryChanged(changes)
    }
}

/// Whether the server is stopping.
final class DrainState: Sendable {
    private let state = Atomic<Bool>(false)

    var isDraining: Bool { state.load(ordering: .relaxed) }

    func begin() {
        state.store(true, ordering: .relaxed)
    }
}

/// Whether the first admin key is there, so that whoever was told that the server is ready can use it.
final class AdminKeyState: Sendable {
    private let state: Atomic<Bool>

    /// - Parameter isAwaited: false where this process does not see to the key.
    init(isAwaited: Bool) {
        state = Atomic(!isAwaited)
    }

    var isThere: Bool { state.load(ordering: .relaxed) }

    func settle() {
        state.store(true, ordering: .relaxed)
    }
}

/// The last service to start and so the first to stop: finishes the messages in hand while everything still runs.
struct Drain: Service {
    let relay: Relay?
    /// How long that may take.
    let patience: Duration
    let state: DrainState
    let logger: Logger

    func run() async throws {
        try? await gracefulShutdown()
        state.begin()
        logger.info("Stopping: no new messages are taken, those in hand are finished.")
        await relay?.drain(for: patience)
    }
}

/// Sees to it that there is an admin key: the one that was configured, or one that is made, once.
struct FirstAdminKey: Service, CustomStringConvertible {
    let directory: Directory
    let configuration: ServerConfiguration
    let state: AdminKeyState
    let logger: Logger

    /// For the service group's log, without the configuration's secrets.
    var description: String { "FirstAdminKey" }

    func run() async throws {
        try await cancelWhenGracefulShutdown {
            guard await directory.waitUntilLoaded() else { return }
            defer { state.settle() }
            switch try await directory.ensureAdminKey(given: configuration.adminKey) {
            case .given, .exists: break
            case .made(let secret):
                let file = AdminKeyFile(in: DataDirectory(configuration.dataDirectory))
                try file.write(secret)
                let isTerminal = isatty(STDERR_FILENO) == 1
                // The method that does not throw traps when whoever read standard error is gone.
                try? FileHandle.standardError.write(
                    contentsOf: Data((file.announcement(of: secret, toTerminal: isTerminal) + "\n").utf8)
                )
            }
        }
        try? await gracefulShutdown()
    }
}
