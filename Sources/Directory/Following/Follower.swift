import BSON
import Logging
import Mongo
import Synchronization

/// Keeps the snapshot what MongoDB holds, for as long as the process lives.
///
///     createIndexes ─► open the stream ─► scan everything ─► publish ─► apply changes ─► publish ─► …
///                          ▲                                                 │
///                          └──── with the last token; without, when ─────────┘ the stream fails
///                                MongoDB no longer has what lies between
///
/// The stream is opened first, so that what is written during the scan comes after it; revisions tell what is newer. A
/// standalone server has no streams: there everything is read again every second, and at once when a writer waits.
final class Follower: Sendable {
    let collections: Collections
    let publisher: SnapshotPublisher
    let waiters: SnapshotWaiters
    let wakeUp: WakeUp
    let logger: Logger
    let onChange: @Sendable (Snapshot, SnapshotChanges) -> Void
    let health = Mutex(FollowerHealth())

    init(
        collections: Collections,
        publisher: SnapshotPublisher,
        logger: Logger,
        onChange: @escaping @Sendable (Snapshot, SnapshotChanges) -> Void
    ) {
        self.collections = collections
        self.publisher = publisher
        self.logger = logger
        self.onChange = onChange
        wakeUp = WakeUp()
        waiters = SnapshotWaiters(publisher: publisher, wakeUp: wakeUp)
    }

    /// What is carried from one attempt to the next, by the one task that runs.
    struct State {
        var tables = SnapshotTables()
        var isLoaded = false
        var hasIndexes = false
        var version: UInt64 = 0
        /// Where the stream goes on. Nil when everything has to be read first.
        var resumeToken: BSONDocument?
        var backoff = Backoff()
    }

    /// Runs until the task is cancelled.
    func run() async {
        var state = State()
        while !Task.isCancelled {
            do {
                try await follow(&state)
            } catch let error as DataReplaced {
                state.resumeToken = nil
                state.hasIndexes = false
                await pause(&state, FollowerHealth.Problem(code: "replaced", sentence: error.description))
            } catch let error as MongoError {
                if error.code == .changeStreamHistoryLost { state.resumeToken = nil }
                await pause(&state, FollowerHealth.Problem(code: "\(error.code)", sentence: error.message))
            } catch {
                await pause(&state, FollowerHealth.Problem(code: "other", sentence: "\(error)"))
            }
        }
    }

    private func follow(_ state: inout State) async throws {
        if !state.hasIndexes {
            try await collections.createIndexes()
            state.hasIndexes = true
        }
        do {
            try await followStream(&state)
        } catch let error as MongoError where error.code == .notAReplicaSet {
            try await poll(&state, because: error)
        }
    }

    /// Says what is wrong, once, and waits before the next attempt.
    private func pause(_ state: inout State, _ problem: FollowerHealth.Problem) async {
        guard !Task.isCancelled else { return }
        if health.withLock({ $0.lose(problem) }) {
            logger.warning(
                "The directory cannot follow MongoDB; it goes on with what it knows and tries again.",
                metadata: ["problem": "\(problem.sentence)"]
            )
        }
        try? await Task.sleep(for: state.backoff.next())
    }
}

/// A collection or the database was dropped, renamed or replaced: what the tables hold says nothing any more.
struct DataReplaced: Error, CustomStringConvertible {
    var description: String { "MongoDB holds other data than the directory knows of; everything is read anew." }
}
