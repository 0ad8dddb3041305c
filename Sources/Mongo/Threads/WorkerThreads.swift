import Dispatch
import Synchronization

/// A fixed number of threads that run blocking calls for tasks that await them, first come first served.
///
/// It knows nothing of MongoDB. The queue is bounded; every call has a time limit that holds whatever its thread does.
final class WorkerThreads: Sendable {
    private enum Phase {
        case accepting
        /// No new jobs; the threads go on with those that are there.
        case finishing
        /// A thread that finds no job ends.
        case ending
    }

    private struct State {
        var phase = Phase.accepting
        var queue: [any AnyJob] = []
        /// By thread: what it runs.
        var running: [(any AnyJob)?]
        var threads: [OwnThread] = []
        var isWatched = false
        /// Threads that have not ended.
        var threadsLeft = 0
        /// Runs on the last thread.
        var lastWork: (@Sendable () -> Void)?
    }

    private let maximumQueuedJobs: Int
    private let timeLimit: Duration
    private let state: Mutex<State>
    /// Counts at least once for every queued job, and once for every thread that is to end.
    private let wakeUps = DispatchSemaphore(value: 0)

    init(count: Int, maximumQueuedJobs: Int, timeLimit: Duration) throws(MongoError) {
        self.maximumQueuedJobs = maximumQueuedJobs
        self.timeLimit = timeLimit
        state = Mutex(State(running: Array(repeating: nil, count: count)))
        for index in 0..<count {
            do {
                let thread = try OwnThread { self.serve(index) }
                state.withLock { state in
                    state.threads.append(thread)
                    state.threadsLeft += 1
                }
            } catch {
                for thread in dismissThreads() { thread.join() }
                throw error
            }
        }
    }

    /// Runs the work on one of the threads and returns its result.
    ///
    /// Throws `queueFull`, `closed`, `cancelled` when the task is cancelled while the work still waits for a thread,
    /// and `timedOut` when the time limit runs out, be it in the queue or at work.
    func run<Value: Sendable>(_ work: @escaping Job<Value>.Work) async throws(MongoError) -> Value {
        try await Job(limit: timeLimit, work)
            .outcome { job in
                submit(job)
            } remove: { job in
                self.remove(job)
            }
    }

    /// How many jobs wait for a thread.
    var queuedJobs: Int {
        state.withLock { $0.queue.count }
    }

    private func submit(_ job: any AnyJob) {
        let refusal: MongoError? = state.withLock { state in
            guard state.phase == .accepting else { return .closed }
            guard state.queue.count < maximumQueuedJobs else { return .queueFull(maximumQueuedJobs) }
            state.queue.append(job)
            watch(&state)
            return nil
        }
        if let refusal {
            job.fail(refusal)
        } else {
            wakeUps.signal()
        }
    }

    private func remove(_ job: any AnyJob) {
        state.withLock { state in
            state.queue.removeAll { $0 === job }
        }
    }
}

/// The threads.
extension WorkerThreads {
    private enum Turn {
        case run(any AnyJob)
        /// The job that the wake-up was for is gone.
        case wait
        case end
    }

    private func serve(_ index: Int) {
        while true {
            wakeUps.wait()
            switch nextTurn(index) {
            case .run(let job):
                job.perform()
                state.withLock { $0.running[index] = nil }
            case .wait:
                continue
            case .end:
                return leave()
            }
        }
    }

    private func nextTurn(_ index: Int) -> Turn {
        state.withLock { state in
            guard !state.queue.isEmpty else { return state.phase == .ending ? .end : .wait }
            let job = state.queue.removeFirst()
            state.running[index] = job
            return .run(job)
        }
    }

    private func leave() {
        let lastWork = state.withLock { state in
            state.threadsLeft -= 1
            return state.threadsLeft == 0 ? state.lastWork.take() : nil
        }
        lastWork?()
    }
}

/// The time limits.
///
/// One task sleeps until the earliest deadline while there are jobs. All limits are equally long, so no new job can
/// have an earlier deadline than the one slept for.
extension WorkerThreads {
    private func watch(_ state: inout State) {
        guard !state.isWatched else { return }
        state.isWatched = true
        Task { await enforceTimeLimits() }
    }

    private func enforceTimeLimits() async {
        while let next = nextCheck(now: .now) {
            try? await Task.sleep(until: next, clock: .continuous)
            let now = ContinuousClock.now
            for job in state.withLock({ $0.queue + $0.running.compactMap(\.self) }) {
                job.expire(now: now)
            }
            state.withLock { state in
                state.queue.removeAll(where: \.isSettled)
            }
        }
    }

    private func nextCheck(now: ContinuousClock.Instant) -> ContinuousClock.Instant? {
        state.withLock { state in
            var next: ContinuousClock.Instant?
            for job in state.queue + state.running.compactMap(\.self) {
                guard let check = job.nextCheck(now: now) else { continue }
                next = min(next ?? check, check)
            }
            state.isWatched = next != nil
            return next
        }
    }
}

/// The end.
extension WorkerThreads {
    /// Refuses new jobs from now on, with `closed`. Those taken before are still done.
    func stopAccepting() {
        state.withLock { $0.phase = .finishing }
    }

    /// Waits until all jobs are done and the threads have ended; the last one does the last work, which may block.
    ///
    /// To be called once, after ``stopAccepting()``.
    func end(lastWork: @escaping @Sendable () -> Void) async {
        var threads: [OwnThread] = []
        await withCheckedContinuation { continuation in
            state.withLock { state in
                state.lastWork = {
                    lastWork()
                    continuation.resume()
                }
            }
            threads = dismissThreads()
        }
        // Each has nothing left to do but to return.
        for thread in threads { thread.join() }
    }

    private func dismissThreads() -> [OwnThread] {
        let threads = state.withLock { state in
            state.phase = .ending
            defer { state.threads = [] }
            return state.threads
        }
        for _ in threads { wakeUps.signal() }
        return threads
    }
}
