import API
import BSON
import Directory
public import Logging
import Metrics
public import Mongo
public import ServiceLifecycle
import Synchronization

/// Messages in MongoDB: written in batches off the hot lane, read when somebody looks back.
///
/// What is to be written waits in a bounded queue. While MongoDB is away it fills; when it is full the oldest are dropped
/// and counted, because a member cares most for the newest.
public final class History: Service {
    let messages: MongoCollection
    let logger: Logger
    private let days: Int
    private let queue = Mutex(Queue())
    private let wakeUps: AsyncStream<Void>
    private let wakeUp: AsyncStream<Void>.Continuation
    private let dropped = Counter(label: "hiworker_history_dropped_total")
    private let depth = Gauge(label: "hiworker_history_queue_messages")

    private struct Queue {
        var waiting: [Message] = []
        /// How many were ever taken in, and how many of those are done with.
        var taken = 0
        var done = 0
        var flushes: [(until: Int, continuation: CheckedContinuation<Bool, Never>)] = []
    }

    /// Messages that wait at most: at a kilobyte or two each, a hundred megabytes.
    static let maximumWaiting = 50_000
    /// Messages in one bulk write; a batch of this size takes MongoDB some tens of milliseconds.
    private static let batchSize = 1000
    private static let retryDelay: Duration = .seconds(1)

    /// - Parameter days: how long messages are kept, at least 1.
    public init(database: MongoDatabase, days: Int, logger: Logger) {
        messages = database.collection("messages", writeConcern: .acknowledged)
        self.days = days
        self.logger = logger
        (wakeUps, wakeUp) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Adds messages, or newer states of messages, to what is to be written. Returns at once; any thread.
    func write(_ batch: [Message]) {
        let overflow = queue.withLock { queue in
            queue.waiting.append(contentsOf: batch)
            queue.taken += batch.count
            let overflow = max(0, queue.waiting.count - Self.maximumWaiting)
            queue.waiting.removeFirst(overflow)
            queue.done += overflow
            return overflow
        }
        if overflow > 0 { dropped.increment(by: overflow) }
        wakeUp.yield()
    }

    /// Waits until everything added before is in MongoDB.
    ///
    /// Throws `storage_unavailable` when MongoDB refuses the next batch.
    func flush() async throws(Problem) {
        let isWritten = await withCheckedContinuation { continuation in
            let isDone = queue.withLock { queue in
                if queue.done >= queue.taken { return true }
                queue.flushes.append((queue.taken, continuation))
                return false
            }
            if isDone { continuation.resume(returning: true) } else { wakeUp.yield() }
        }
        guard isWritten else { throw Problem(.storageUnavailable) }
    }

    /// Writes until the server stops; what waits then is still written, if MongoDB takes it.
    public func run() async throws {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.writeBatches() }
            group.addTask {
                try? await gracefulShutdown()
                try? await self.flush()
                self.wakeUp.finish()
            }
        }
    }

    private func writeBatches() async {
        await withTaskCancellationHandler {
            var hasFailed = false
            var needsIndexes = true
            for await _ in wakeUps {
                while let batch = nextBatch() {
                    do throws(MongoError) {
                        if needsIndexes {
                            try await createIndexes()
                            needsIndexes = false
                        }
                        try await store(batch)
                        finish(batch.count, isWritten: true)
                        if hasFailed { logger.notice("Messages are written to MongoDB again.") }
                        hasFailed = false
                    } catch {
                        putBack(batch)
                        if !hasFailed {
                            logger.warning(
                                "Messages cannot be written to MongoDB; they wait in memory, \(Self.maximumWaiting) at most.",
                                metadata: ["reason": "\(error.message)"]
                            )
                        }
                        hasFailed = true
                        guard (try? await Task.sleep(for: Self.retryDelay)) != nil else { return }
                    }
                }
            }
        } onCancel: {
            wakeUp.finish()
        }
    }

    private func nextBatch() -> [Message]? {
        queue.withLock { queue in
            depth.record(queue.waiting.count)
            guard !queue.waiting.isEmpty else { return nil }
            let batch = Array(queue.waiting.prefix(Self.batchSize))
            queue.waiting.removeFirst(batch.count)
            return batch
        }
    }

    private func finish(_ count: Int, isWritten: Bool) {
        let ready = queue.withLock { queue in
            queue.done += count
            let ready = queue.flushes.filter { $0.until <= queue.done }
            queue.flushes.removeAll { $0.until <= queue.done }
            return ready
        }
        for flush in ready { flush.continuation.resume(returning: isWritten) }
    }

    /// A batch that MongoDB did not take goes to the front again; whoever waits for it learns that it is not written.
    private func putBack(_ batch: [Message]) {
        let (flushes, overflow) = queue.withLock { queue in
            queue.waiting.insert(contentsOf: batch, at: 0)
            let overflow = max(0, queue.waiting.count - Self.maximumWaiting)
            queue.waiting.removeFirst(overflow)
            queue.done += overflow
            defer { queue.flushes = [] }
            return (queue.flushes, overflow)
        }
        if overflow > 0 { dropped.increment(by: overflow) }
        for flush in flushes { flush.continuation.resume(returning: false) }
    }
}

extension History {
    /// Replaces each message by its newest state, but never one that has its reply: another process may have taken it.
    private func store(_ batch: [Message]) async throws(MongoError) {
        var newest: [MessageID: Message] = [:]
        for message in batch { newest[message.id] = message }
        var writes: [MongoWrite] = []
        for message in newest.values {
            do throws(BSONError) {
                writes.append(
                    .replaceOne(
                        [
                            "_id": .string(message.id.description),
                            MessageField.status: .document(["$ne": .string(Message.Status.completed.rawValue)]),
                        ],
                        with: try message.document(),
                        upsert: true
                    )
                )
            } catch {
                dropped.increment()
                logger.error("A message cannot be kept.", metadata: ["id": "\(message.id)", "reason": "\(error)"])
            }
        }
        do throws(MongoError) {
            _ = try await messages.bulkWrite(writes, ordered: false)
        } catch where error.code == .duplicateKey {
            // The message is completed already.
        }
    }

    private func createIndexes() async throws(MongoError) {
        try await messages.createIndexes([
            MongoIndex([MessageField.memberID: .int64(1), "_id": .int64(-1)]),
            MongoIndex([MessageField.company: .int64(1)]),
            MongoIndex(
                [MessageField.createdAt: .int64(1)],
                expireAfter: .seconds(Int64(days) * 24 * 60 * 60)
            ),
        ])
    }
}
