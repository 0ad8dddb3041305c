import API
public import CoreMetrics
import Directory
public import Logging
public import Mongo
public import ServiceLifecycle
import Synchronization

/// Messages in MongoDB: written in batches off the hot lane, read when somebody looks back.
///
/// What is to be written waits in a bounded queue. While MongoDB is away it fills; when it is full the oldest are dropped
/// and counted.
public final class History: Service {
    let messages: MongoCollection
    let logger: Logger
    let days: Int
    private let state = Mutex(State())
    private let wakeUps: AsyncStream<Void>
    private let wakeUp: AsyncStream<Void>.Continuation
    private let dropped: Counter
    private let depth: Gauge

    private struct State {
        var queue = HistoryQueue()
        var erasure = HistoryErasure()
        /// Erasing and writing take turns, so that a long erasure holds up nothing.
        var isErasureNext = true
        var flushes: [Flush] = []
        /// MongoDB did not take the last batch, so that nobody need wait for the next attempt.
        var isFailing = false
        /// Nobody writes any more.
        var isStopped = false

        /// Takes out those who wait for nothing that is still to be written; all of them when that is in vain.
        mutating func takeFlushes(inVain: Bool = false) -> [Flush] {
            let ready = flushes.filter { inVain || queue.isSettled(before: $0.end) }
            flushes = inVain ? [] : flushes.filter { !queue.isSettled(before: $0.end) }
            return ready
        }
    }

    /// Somebody waits until everything before a place of the queue is written.
    private struct Flush {
        let end: Int
        let continuation: CheckedContinuation<Bool, Never>
    }

    private enum Work {
        case write([Message])
        case erase(HistoryErasure)
    }

    private static let retryDelay: Duration = .seconds(1)

    /// - Parameters:
    ///   - days: how long messages are kept, at least 1.
    ///   - metrics: where `hiworker_history_dropped_total` and `hiworker_history_queue_messages` are counted.
    public init(
        database: MongoDatabase,
        days: Int,
        logger: Logger,
        metrics: any MetricsFactory = MetricsSystem.factory
    ) {
        messages = database.collection("messages", writeConcern: .acknowledged)
        self.days = days
        self.logger = logger
        dropped = Counter(label: "hiworker_history_dropped_total", dimensions: [], factory: metrics)
        depth = Gauge(label: "hiworker_history_queue_messages", dimensions: [], factory: metrics)
        (wakeUps, wakeUp) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Adds messages, or newer states of messages, to what is to be written. Returns at once; any thread.
    func write(_ batch: [Message]) {
        drop(state.withLock { $0.queue.append(batch) })
        wakeUp.yield()
    }

    /// Erases the messages of members and companies that were deleted. Returns at once; any thread.
    func forget(_ changes: SnapshotChanges) {
        guard !changes.deletedMembers.isEmpty || !changes.deletedCompanies.isEmpty else { return }
        state.withLock { state in
            state.queue.remove(where: changes.isGone)
            state.erasure.add(changes)
        }
        wakeUp.yield()
    }

    /// Waits until everything added before is in MongoDB.
    ///
    /// Throws `storage_unavailable` when MongoDB does not take the next batch, and at once when it did not take the last.
    func flush() async throws(Problem) {
        guard await isFlushed(evenIfFailing: false) else { throw Problem(.storageUnavailable, retryAfterSeconds: 1) }
    }

    private func isFlushed(evenIfFailing: Bool) async -> Bool {
        await withCheckedContinuation { continuation in
            let isWritten: Bool? = state.withLock { state in
                if state.queue.isSettled(before: state.queue.end) { return true }
                if state.isStopped || state.isFailing && !evenIfFailing { return false }
                state.flushes.append(Flush(end: state.queue.end, continuation: continuation))
                return nil
            }
            if let isWritten { continuation.resume(returning: isWritten) } else { wakeUp.yield() }
        }
    }

    /// Writes until the server stops; what waits then is still written, if MongoDB takes it at the first attempt.
    public func run() async throws {
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                await self.work()
                self.stop()
            }
            group.addTask {
                try? await gracefulShutdown()
                _ = await self.isFlushed(evenIfFailing: true)
            }
            await group.next()
            group.cancelAll()
        }
    }

    private func work() async {
        var isPrepared = false
        for await _ in wakeUps {
            while !Task.isCancelled, let work = nextWork() {
                do throws(MongoError) {
                    if !isPrepared {
                        try await createIndexes()
                        isPrepared = true
                    }
                    try await carryOut(work)
                } catch {
                    takeBack(work, error)
                    guard (try? await Task.sleep(for: Self.retryDelay)) != nil else { return }
                }
            }
        }
    }

    private func nextWork() -> Work? {
        state.withLock { state in
            depth.record(state.queue.count)
            let isErasureNext = state.isErasureNext && !state.erasure.isEmpty
            state.isErasureNext = !isErasureNext
            if !isErasureNext, let batch = state.queue.takeBatch() { return .write(batch) }
            guard !state.erasure.isEmpty else { return nil }
            defer { state.erasure = HistoryErasure() }
            return .erase(state.erasure)
        }
    }

    private func carryOut(_ work: Work) async throws(MongoError) {
        var isErased = true
        switch work {
        case .write(let batch): drop(try await store(batch))
        case .erase(let erasure): isErased = try await erase(erasure)
        }
        let (ready, wasFailing) = state.withLock { state in
            switch work {
            case .write: state.queue.finishBatch()
            case .erase(let erasure): if !isErased { state.erasure.add(erasure) }
            }
            defer { state.isFailing = false }
            return (state.takeFlushes(), state.isFailing)
        }
        if wasFailing { logger.notice("Messages are written to MongoDB again.") }
        for flush in ready { flush.continuation.resume(returning: true) }
    }

    /// What MongoDB did not take waits again; whoever waits for it learns that it is not written.
    private func takeBack(_ work: Work, _ error: MongoError) {
        let (surplus, flushes, wasFailing) = state.withLock { state in
            var surplus = 0
            switch work {
            case .write: surplus = state.queue.putBack()
            case .erase(let erasure): state.erasure.add(erasure)
            }
            defer { state.isFailing = true }
            return (surplus, state.takeFlushes(inVain: true), state.isFailing)
        }
        drop(surplus)
        for flush in flushes { flush.continuation.resume(returning: false) }
        guard !wasFailing, !Task.isCancelled else { return }
        logger.warning(
            "Messages cannot be written to MongoDB; they wait in memory, \(HistoryQueue.maximumCount) at most.",
            metadata: ["reason": "\(error.message)"]
        )
    }

    private func stop() {
        let (lost, flushes) = state.withLock { state in
            state.isStopped = true
            return (state.queue.count, state.takeFlushes(inVain: true))
        }
        for flush in flushes { flush.continuation.resume(returning: false) }
        guard lost > 0 else { return }
        drop(lost)
        logger.error("Messages that were not in MongoDB yet are lost.", metadata: ["messages": "\(lost)"])
    }

    private func drop(_ count: Int) {
        if count > 0 { dropped.increment(by: count) }
    }
}
