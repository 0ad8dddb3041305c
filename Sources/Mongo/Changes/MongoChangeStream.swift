/// The changes to a database, as they happen:
///
/// ```swift
/// for try await change in database.changes() {
///     switch change {
///     case .opened: …     // read everything now
///     case .change(let change): …
///     case .idle: …
///     }
/// }
/// ```
///
/// Each iterator opens a stream of its own, with a thread and a connection, when it is asked for its first element.
/// When the reader is slow, the thread waits; nothing is lost as long as the server's log reaches back.
///
/// It ends by throwing: `unavailable` and `timedOut` when the server failed or was silent for
/// ``MongoPool/Configuration/socketTimeout``, `changeStreamHistoryLost`, `notAReplicaSet`, `closed` with the pool,
/// `queueFull` when too many are open. It ends without an error after `invalidate` and when the task is cancelled.
/// Opening another, with the last ``MongoChange/resumeToken``, is up to the caller.
///
/// Breaking off the loop or cancelling its task ends the thread within ``MongoPool/Configuration/changeStreamWait``,
/// and within ``MongoPool/Configuration/socketTimeout`` if the server hangs.
public struct MongoChangeStream: AsyncSequence, Sendable {
    public typealias Element = MongoChange
    public typealias Failure = MongoError

    /// What an update comes with.
    public enum FullDocument: Sendable, Hashable {
        /// Nothing but the `_id`.
        case none
        /// The document as it is when the change is looked up.
        case updateLookup
    }

    let pool: MongoPool
    let query: ChangeStreamQuery

    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(pool: pool, query: query)
    }

    /// An open stream. Not for two tasks at once.
    public struct AsyncIterator: AsyncIteratorProtocol {
        private let pool: MongoPool
        private let query: ChangeStreamQuery
        private var stream: OpenStream?

        fileprivate init(pool: MongoPool, query: ChangeStreamQuery) {
            self.pool = pool
            self.query = query
        }

        /// The next element; waits for it without a time limit, but a stream that lives has one every
        /// ``MongoPool/Configuration/changeStreamWait``.
        public mutating func next() async throws(MongoError) -> MongoChange? {
            try await next(isolation: #isolation)
        }

        /// The next element if it is there already, as those are that came in one message of the server: so that a reader
        /// can deal with many changes at once. Nil says nothing of what comes later.
        public mutating func nextIfReady() -> MongoChange? {
            stream?.buffer.takeIfReady()
        }

        public mutating func next(
            isolation actor: isolated (any Actor)?
        ) async throws(MongoError) -> MongoChange? {
            if stream == nil { stream = OpenStream(buffer: try pool.changeStreams.open(query)) }
            return try await stream?.buffer.next()
        }
    }
}

/// Stops the thread when the last copy of an iterator is gone.
private final class OpenStream: Sendable {
    let buffer: ChangeBuffer

    init(buffer: ChangeBuffer) {
        self.buffer = buffer
    }

    deinit {
        buffer.stop()
    }
}
