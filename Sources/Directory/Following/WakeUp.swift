import Synchronization

/// Lets one task sleep until it is woken or its time is up. A signal while it is awake shortens its next sleep.
final class WakeUp: Sendable {
    private struct State {
        var isSignalled = false
        var sleeper: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    func signal() {
        let sleeper = state.withLock { state in
            let sleeper = state.sleeper.take()
            if sleeper == nil { state.isSignalled = true }
            return sleeper
        }
        sleeper?.resume()
    }

    /// Returns when it was signalled since the last sleep, when the time is up, and when the task is cancelled.
    func sleep(atMost duration: Duration) async {
        let alarm = Task { [self] in
            if (try? await Task.sleep(for: duration)) != nil { signal() }
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isSignalled = state.withLock { state in
                    if !state.isSignalled { state.sleeper = continuation }
                    defer { state.isSignalled = false }
                    return state.isSignalled
                }
                if isSignalled { continuation.resume() }
            }
        } onCancel: {
            signal()
        }
        alarm.cancel()
    }
}
