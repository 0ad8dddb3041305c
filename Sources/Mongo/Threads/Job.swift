import Synchronization

/// One call: a closure that a worker runs, and a task that awaits its result, each exactly once.
///
///     created ──submit──► queued ──worker──► running ◄──► inCallersCode
///        │                  │                   │              │
///        └──────cancel──────┴──expire / cancel──┴──finish──────┴────► settled
///
/// A running call of libmongoc cannot be stopped. When its time limit runs out, the awaiting task gets the error at
/// once, the worker comes back later, and its result is dropped.
final class Job<Value: Sendable>: AnyJob {
    typealias Work = @Sendable (_ job: any RunningJob) throws(MongoError) -> Value
    private typealias Outcome = Result<Value, MongoError>

    private enum Phase {
        /// Nobody awaits it yet; if it is cancelled already, nobody will.
        case created
        case queued
        case running
        /// Inside a closure of the caller's, which has no time limit.
        case inCallersCode
        case settled
    }

    private struct State {
        var phase = Phase.created
        var isCancelled = false
        var deadline = ContinuousClock.Instant.now
        var continuation: CheckedContinuation<Outcome, Never>?

        mutating func settle() -> CheckedContinuation<Outcome, Never>? {
            phase = .settled
            defer { continuation = nil }
            return continuation
        }
    }

    private let limit: Duration
    private let work: Work
    private let state = Mutex(State())

    /// `limit` counts from the submission; from each return out of the caller's code it counts anew.
    init(limit: Duration, _ work: @escaping Work) {
        self.limit = limit
        self.work = work
    }

    /// Hands the job over to `submit` and waits for its outcome.
    func outcome(submit: (Job) -> Void, remove: @escaping @Sendable (Job) -> Void) async throws(MongoError) -> Value {
        let outcome = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                if admit(continuation) { submit(self) }
            }
        } onCancel: {
            if cancel() { remove(self) }
        }
        return try outcome.get()
    }

    /// False when the task was cancelled before.
    private func admit(_ continuation: CheckedContinuation<Outcome, Never>) -> Bool {
        let isCancelled = state.withLock { state in
            if !state.isCancelled {
                state.phase = .queued
                state.deadline = .now + limit
                state.continuation = continuation
            }
            return state.isCancelled
        }
        if isCancelled { continuation.resume(returning: .failure(.cancelled)) }
        return !isCancelled
    }

    /// Settles a queued job and returns true; a running one is only told.
    private func cancel() -> Bool {
        let (wasQueued, continuation) = state.withLock { state in
            state.isCancelled = true
            let wasQueued = state.phase == .queued
            return (wasQueued, wasQueued ? state.settle() : nil)
        }
        continuation?.resume(returning: .failure(.cancelled))
        return wasQueued
    }
}

/// What the threads do with a job.
extension Job {
    func perform() {
        let isWanted = state.withLock { state in
            guard state.phase == .queued else { return false }
            state.phase = .running
            return true
        }
        guard isWanted else { return }
        let outcome: Outcome
        do {
            outcome = .success(try work(self))
        } catch {
            outcome = .failure(error)
        }
        state.withLock { $0.settle() }?.resume(returning: outcome)
    }

    func fail(_ error: MongoError) {
        state.withLock { $0.settle() }?.resume(returning: .failure(error))
    }

    func nextCheck(now: ContinuousClock.Instant) -> ContinuousClock.Instant? {
        state.withLock { state in
            switch state.phase {
            case .created, .settled: nil
            case .queued, .running: state.deadline
            // When it comes back it has the whole limit again.
            case .inCallersCode: now + limit
            }
        }
    }

    func expire(now: ContinuousClock.Instant) {
        let (continuation, error): (CheckedContinuation<Outcome, Never>?, MongoError) = state.withLock { state in
            let isAtWork = state.phase == .running
            let error = isAtWork ? MongoError.callTimedOut(after: limit) : .queuedTooLong(limit)
            guard isAtWork || state.phase == .queued, state.deadline <= now else { return (nil, error) }
            return (state.settle(), error)
        }
        continuation?.resume(returning: .failure(error))
    }

    var isSettled: Bool {
        state.withLock { $0.phase == .settled }
    }
}

extension Job: RunningJob {
    func runCallersCode(_ body: () throws -> Void) throws {
        try state.withLock { state throws(MongoError) in
            guard state.phase == .running else { throw .callTimedOut(after: limit) }
            guard !state.isCancelled else { throw .cancelled }
            state.phase = .inCallersCode
        }
        defer {
            state.withLock { state in
                state.phase = .running
                state.deadline = .now + limit
            }
        }
        try body()
    }
}
