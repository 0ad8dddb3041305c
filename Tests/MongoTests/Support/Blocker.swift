import Dispatch
import Synchronization

/// Holds threads, as a call does that does not come back.
final class Blocker: Sendable {
    private let gate = DispatchSemaphore(value: 0)
    private let arrivals = AsyncStream.makeStream(of: Void.self)

    /// Called by the thread to be held.
    func hold() {
        arrivals.continuation.yield()
        gate.wait()
    }

    /// Waits until as many threads are held.
    func untilHeld(_ count: Int = 1) async {
        var left = count
        for await _ in arrivals.stream {
            left -= 1
            if left == 0 { return }
        }
    }

    func release(_ count: Int = 1) {
        for _ in 0..<count { gate.signal() }
    }
}
