import Synchronization

/// Runs the work and returns its outcome, or throws `error` when it takes longer than `limit`.
///
/// Unlike a task group, it does not wait for work that went over its limit: a call to MongoDB cannot be broken off. That
/// work is cancelled when `cancelsLateWork`, which keeps it from taking a next step, and goes on otherwise.
func withTimeLimit<Value: Sendable>(
    _ limit: Duration,
    error: DirectoryError,
    cancelsLateWork: Bool = true,
    _ work: @escaping @Sendable () async throws(DirectoryError) -> Value
) async throws(DirectoryError) -> Value {
    let race = Race<Value>()
    let outcome = await withCheckedContinuation { continuation in
        race.start(continuation)
        let worker = Task {
            do throws(DirectoryError) {
                race.finish(.success(try await work()))
            } catch {
                race.finish(.failure(error))
            }
        }
        race.timer(
            Task {
                // Woken early only by the end of the work, which has won the race then.
                guard (try? await Task.sleep(for: limit)) != nil else { return }
                if race.finish(.failure(error)), cancelsLateWork { worker.cancel() }
            }
        )
    }
    return try outcome.get()
}

/// Who comes first resumes the continuation.
private final class Race<Value: Sendable>: Sendable {
    typealias Outcome = Result<Value, DirectoryError>

    private struct State {
        var continuation: CheckedContinuation<Outcome, Never>?
        var timer: Task<Void, Never>?
    }

    private let state = Mutex(State())

    func start(_ continuation: CheckedContinuation<Outcome, Never>) {
        state.withLock { $0.continuation = continuation }
    }

    /// The timer, to be cancelled when the work is done; at once if it is done already.
    func timer(_ timer: Task<Void, Never>) {
        let isOver = state.withLock { state in
            state.timer = timer
            return state.continuation == nil
        }
        if isOver { timer.cancel() }
    }

    /// Whether this was the first.
    @discardableResult
    func finish(_ outcome: Outcome) -> Bool {
        let (continuation, timer) = state.withLock { state in
            (state.continuation.take(), state.timer.take())
        }
        continuation?.resume(returning: outcome)
        timer?.cancel()
        return continuation != nil
    }
}
