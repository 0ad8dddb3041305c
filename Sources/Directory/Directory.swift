public import Logging
public import Mongo
import Synchronization

/// Companies, bots, members, commands and keys: stored in MongoDB, held in memory as a ``Snapshot``.
///
/// Reads of whole resources go to MongoDB. A write answers when this process's own snapshot has it, so that a fresh key
/// works in the next call. Every method throws ``DirectoryError`` and none takes longer than ``timeLimit``, whatever
/// MongoDB does. Nothing works before ``run()`` does: it keeps the snapshot current.
public final class Directory: Sendable {
    /// Where the newest snapshot is to be had; event loops make a ``SnapshotCache`` of it.
    public let snapshots: SnapshotPublisher

    let collections: Collections
    let follower: Follower
    let logger: Logger

    /// How long a call may take before it fails with `storageUnavailable`. A write may have been carried out then.
    public static let timeLimit = Duration.milliseconds(4500)

    /// How long MongoDB may be silent before ``status`` says so.
    public static let silenceLimit = FollowerHealth.streamPatience

    /// Touches no network.
    ///
    /// - Parameters:
    ///   - database: Where the collections are, or come about.
    ///   - onChange: Called after each change that concerns whoever holds sockets, streams or caches open, with the
    ///     snapshot that has it. It runs on the task that applies changes, which waits for it: hand over and return.
    public init(
        database: MongoDatabase,
        logger: Logger,
        onChange: @escaping @Sendable (Snapshot, SnapshotChanges) -> Void = { _, _ in }
    ) {
        snapshots = SnapshotPublisher()
        collections = Collections(database)
        self.logger = logger
        follower = Follower(collections: collections, publisher: snapshots, logger: logger, onChange: onChange)
    }

    /// The newest state in memory, empty before it is loaded. Event loops use a ``SnapshotCache`` of ``snapshots``.
    public var snapshot: Snapshot { snapshots.snapshot }

    /// How current the snapshot is.
    public var status: DirectoryStatus {
        let health = follower.health.withLock { $0 }
        let (now, clock) = (Instant.now, ContinuousClock.now)
        let silence = health.silence(now: clock)
        let snapshot = snapshot
        return DirectoryStatus(
            isLoaded: health.isLoaded,
            isConnected: silence == nil,
            source: health.source,
            staleSince: silence?.since.map { now.advanced(by: $0 - clock) },
            problem: silence?.problem,
            version: snapshot.version,
            counts: snapshot.counts,
            unreadableDocuments: health.unreadableDocuments,
            reopenings: health.reopenings,
            loads: health.loads
        )
    }

    /// Returns when everything was loaded once, and false when the task is cancelled before.
    public func waitUntilLoaded() async -> Bool {
        await follower.waiters.wait { $0.version > 0 }
    }
}
