import BSON
import Logging
import Mongo
import Synchronization

/// Following the changes of a replica set.
extension Follower {
    /// The most changes that one snapshot adds. It bounds how long a revocation waits for what came before it.
    private static let maximumBatch = 1000

    /// How many looks, half a second apart, must find other numbers of documents before everything is read anew.
    private static let maximumComparisons = 3

    /// Of the collections that the snapshot is made of.
    private static var relevantChanges: BSONDocument {
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

    /// Ends by throwing, or with the task.
    func followStream(_ state: inout State) async throws {
        var events = collections.database.changes([Self.relevantChanges], resumeAfter: state.resumeToken)
            .makeAsyncIterator()
        var comparisonsLeft = 0
        while let event = try await events.next() {
            switch event {
            case .opened(let token):
                if state.resumeToken == nil {
                    try await load(&state, from: .changeStream)
                } else {
                    comparisonsLeft = Self.maximumComparisons
                }
                state.resumeToken = token
            case .change(let change):
                try apply(change, and: &events, &state)
            case .idle(let token):
                if comparisonsLeft > 0 { try await compare(&comparisonsLeft) }
                state.resumeToken = token
            }
            state.backoff.reset()
            heard(from: .changeStream)
        }
        if !Task.isCancelled { throw DataReplaced() }
    }

    /// After a stream was opened again and everything up to now has come, the tables hold as many documents as MongoDB.
    /// If they do not, somebody put other data in its place while it was away: a server that was set up anew takes an old
    /// token without a word. Then everything is read. Changes under way may spoil one comparison but hardly all of them.
    private func compare(_ comparisonsLeft: inout Int) async throws {
        let stored = try await collections.counts()
        if stored.agrees(with: publisher.snapshot.counts) {
            comparisonsLeft = 0
            return
        }
        comparisonsLeft -= 1
        if comparisonsLeft == 0 { throw DataReplaced() }
    }

    /// Applies a change and those that came with it, and publishes the outcome once: a million changes in a row must not
    /// be a million snapshots.
    private func apply(
        _ first: MongoChange.Change,
        and events: inout MongoChangeStream.AsyncIterator,
        _ state: inout State
    ) throws(DataReplaced) {
        var changes = SnapshotChanges()
        var next: MongoChange? = .change(first)
        var left = Self.maximumBatch
        while let event = next {
            if case .change(let change) = event {
                guard change.operation.isOfDocument else { throw DataReplaced() }
                apply(change, &state.tables, noting: &changes)
            }
            state.resumeToken = event.resumeToken
            left -= 1
            next = left > 0 ? events.nextIfReady() : nil
        }
        publish(&state, changes)
    }

    private func apply(
        _ change: MongoChange.Change,
        _ tables: inout SnapshotTables,
        noting changes: inout SnapshotChanges
    ) {
        do {
            try tables.apply(change, noting: &changes)
        } catch {
            health.withLock { $0.foundUnreadable() }
            let id = "\(change.collection)/\(change.documentID.string ?? "?")"
            logger.error(
                "A stored document cannot be read and is left as it was.",
                metadata: ["document": "\(id)", "reason": "\(error)"]
            )
        }
    }
}

extension SnapshotCounts {
    /// Whether there are as many documents of each kind.
    func agrees(with other: SnapshotCounts) -> Bool {
        (companies, bots, members, keys) == (other.companies, other.bots, other.members, other.keys)
    }
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
