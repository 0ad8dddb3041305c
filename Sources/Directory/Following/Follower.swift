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

    /// Between two rounds of polling; four times as long as a round takes, if that is more.
    private static let pollInterval = Duration.seconds(1)

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

    /// Runs until the task is cancelled.
    func run() async {
        var state = FollowerState()
        var backoff = Backoff()
        while !Task.isCancelled {
            do {
                try await follow(&state, &backoff)
            } catch let error as SomethingDropped {
                state.resumeToken = nil
                state.hasIndexes = false
                await lost(error.description, &backoff)
            } catch let error as MongoError {
                if error.code == .changeStreamHistoryLost { state.resumeToken = nil }
                await lost(error.message, &backoff)
            } catch {
                await lost("\(error)", &backoff)
            }
        }
    }

    private func follow(_ state: inout FollowerState, _ backoff: inout Backoff) async throws {
        if !state.hasIndexes {
            try await collections.createIndexes()
            state.hasIndexes = true
        }
        do {
            try await followStream(&state, &backoff)
        } catch let error as MongoError where error.code == .notAReplicaSet {
            try await poll(&state, &backoff, error)
        }
    }

    private func lost(_ problem: String, _ backoff: inout Backoff) async {
        guard !Task.isCancelled else { return }
        let isNews = health.withLock { $0.lose(problem, isStream: $0.source == .changeStream) }
        if isNews {
            logger.warning(
                "The directory cannot follow MongoDB; it goes on with what it knows and tries again.",
                metadata: ["problem": "\(problem)"]
            )
        }
        try? await Task.sleep(for: backoff.next())
    }
}

/// Following a replica set.
extension Follower {
    private static var changesOfDocuments: BSONDocument {
        let names = Collections.followed.map { BSONValue.string($0) }
        return [
            "$match": [
                "$or": [
                    // `dropDatabase` and `invalidate` come without the name of a collection.
                    ["ns.coll": ["$in": .array(BSONArray(names + [.null]))]],
                    // Another collection that is renamed to one of these.
                    ["to.coll": ["$in": .array(BSONArray(names))]],
                ]
            ]
        ]
    }

    private func followStream(_ state: inout FollowerState, _ backoff: inout Backoff) async throws {
        let stream = collections.database.changes([Self.changesOfDocuments], resumeAfter: state.resumeToken)
        for try await event in stream {
            switch event {
            case .opened:
                if state.resumeToken == nil { try await load(&state, from: .changeStream) }
            case .change(let change):
                guard change.operation.isOfDocument else { throw SomethingDropped() }
                apply(change, &state)
            case .idle:
                break
            }
            state.resumeToken = event.resumeToken
            backoff.reset()
            heard(from: .changeStream)
        }
        if !Task.isCancelled { throw SomethingDropped() }
    }

    private func apply(_ change: MongoChange.Change, _ state: inout FollowerState) {
        var changes = SnapshotChanges()
        do {
            try state.tables.apply(change, noting: &changes)
        } catch {
            health.withLock { $0.foundUnreadable() }
            let id = "\(change.collection)/\(change.documentID.string ?? "?")"
            logger.error(
                "A stored document cannot be read and is left as it was.",
                metadata: ["document": "\(id)", "reason": "\(error)"]
            )
            return
        }
        publish(&state, changes)
    }
}

/// Following a standalone server.
extension Follower {
    /// Ends by throwing, and then the next attempt begins with a stream again: the server may have become a replica set.
    private func poll(_ state: inout FollowerState, _ backoff: inout Backoff, _ reason: MongoError) async throws {
        while !Task.isCancelled {
            let duration = try await load(&state, from: .polling)
            backoff.reset()
            heard(from: .polling, because: reason)
            await wakeUp.sleep(atMost: max(Self.pollInterval, duration * 4))
        }
    }
}

/// Loading and publishing.
extension Follower {
    @discardableResult
    private func load(
        _ state: inout FollowerState,
        from source: DirectoryStatus.Source
    ) async throws -> Duration {
        let start = ContinuousClock.now
        let (tables, unreadable) = try await SnapshotLoad.tables(from: collections)
        let duration = ContinuousClock.now - start
        let isFirst = !state.isLoaded
        let changes = isFirst ? SnapshotChanges() : state.tables.changes(to: tables)
        state.tables = tables
        state.isLoaded = true
        health.withLock { $0.loaded(in: duration, unreadable: unreadable.count) }
        publish(&state, changes)
        if isFirst || source == .changeStream { log(unreadable, duration) }
        return duration
    }

    /// The tables as the newest snapshot, first for those who read, then for those who act, then for those who wait: a
    /// key's revocation is answered when its sockets were told.
    private func publish(_ state: inout FollowerState, _ changes: SnapshotChanges) {
        state.version += 1
        let snapshot = Snapshot(tables: state.tables, version: state.version)
        publisher.publish(snapshot)
        if !changes.isEmpty { onChange(snapshot, changes) }
        waiters.published(snapshot)
    }

    private func heard(from source: DirectoryStatus.Source, because reason: MongoError? = nil) {
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

/// What the follower carries from one attempt to the next.
private struct FollowerState {
    var tables = SnapshotTables()
    var isLoaded = false
    var hasIndexes = false
    var version: UInt64 = 0
    /// Where the stream goes on. Nil when everything has to be read first.
    var resumeToken: BSONDocument?
}

/// A collection or the database was dropped or renamed: what the tables hold says nothing any more.
private struct SomethingDropped: Error, CustomStringConvertible {
    var description: String { "A collection of the directory was dropped or renamed." }
}

extension MongoChange.Operation {
    /// Whether it concerns one document.
    fileprivate var isOfDocument: Bool {
        switch self {
        case .insert, .update, .replace, .delete, .other: true
        case .drop, .dropDatabase, .rename, .invalidate: false
        }
    }
}
