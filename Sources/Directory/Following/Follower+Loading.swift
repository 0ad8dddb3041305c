import BSON
import Logging
import Mongo
import Synchronization

/// Reading everything, and publishing.
extension Follower {
    /// Between two rounds of polling; four times as long as a round takes, if that is more.
    private static let pollInterval = Duration.seconds(1)

    /// Follows a standalone server. Ends by throwing, and then the next attempt begins with a stream again: the server
    /// may have become a replica set.
    func poll(_ state: inout State, because reason: MongoError) async throws {
        while !Task.isCancelled {
            // Nobody tells when a collection is dropped with its indexes.
            try await collections.createIndexes()
            let duration = try await load(&state, from: .polling, because: reason)
            state.backoff.reset()
            await wakeUp.sleep(atMost: max(Self.pollInterval, duration * 4))
        }
    }

    /// Reads everything anew and publishes it. Returns how long that took.
    @discardableResult
    func load(
        _ state: inout State,
        from source: DirectoryStatus.Source,
        because reason: MongoError? = nil
    ) async throws -> Duration {
        let start = ContinuousClock.now
        let (tables, unreadable) = try await SnapshotLoad.tables(from: collections)
        let duration = ContinuousClock.now - start
        let isFirst = !state.isLoaded
        let changes = isFirst ? SnapshotChanges() : state.tables.changes(to: tables)
        state.tables = tables
        state.isLoaded = true
        heard(from: source, because: reason)
        health.withLock { $0.loaded(in: duration, unreadable: unreadable.count) }
        publish(&state, changes)
        if isFirst || source == .changeStream { log(unreadable, duration) }
        return duration
    }

    /// The tables as the newest snapshot, first for those who read, then for those who act, then for those who wait: a
    /// key's revocation is answered when its sockets were told.
    func publish(_ state: inout State, _ changes: SnapshotChanges) {
        state.version += 1
        let snapshot = Snapshot(tables: state.tables, version: state.version)
        publisher.publish(snapshot)
        if !changes.isEmpty { onChange(snapshot, changes) }
        waiters.published(snapshot)
    }

    func heard(from source: DirectoryStatus.Source, because reason: MongoError? = nil) {
        guard health.withLock({ $0.hear(from: source, now: .now) }) else { return }
        if let reason {
            logger.warning(
                "The directory reads MongoDB again every second, because it cannot follow its changes.",
                metadata: ["reason": "\(reason.message)"]
            )
        } else {
            logger.info("The directory follows the changes in MongoDB.")
        }
    }

    private func log(_ unreadable: UnreadableDocuments, _ duration: Duration) {
        let counts = publisher.snapshot.counts
        logger.info(
            "The directory is loaded.",
            metadata: [
                "companies": "\(counts.companies)", "bots": "\(counts.bots)", "members": "\(counts.members)",
                "keys": "\(counts.keys)", "duration": "\(duration)",
            ]
        )
        for sample in unreadable.samples {
            logger.error(
                "A stored document cannot be read and is left out.",
                metadata: ["document": "\(sample.id)", "reason": "\(sample.reason)"]
            )
        }
    }
}
