import Synchronization

/// Those who wait until the snapshot shows something: a write that it should have, its first loading.
///
/// Whoever publishes a snapshot calls ``published(_:)``, which wakes those whose condition it meets. Nobody polls.
final class SnapshotWaiters: Sendable {
    typealias Condition = @Sendable (Snapshot) -> Bool

    private struct Waiter {
        let id: UInt64
        let condition: Condition
        let continuation: CheckedContinuation<Bool, Never>
    }

    private struct State {
        var waiters: [Waiter] = []
        var lastID: UInt64 = 0
    }

    private let publisher: SnapshotPublisher
    private let state = Mutex(State())
    /// Told when somebody begins to wait, so that polling need not be.
    private let wakeUp: WakeUp

    /// Every published snapshot is shown to each waiter, so there is a bound to their number. Each is a request under
    /// way that wrote something; MongoDB takes writes more slowly than that.
    private static let maximumCount = 4096

    init(publisher: SnapshotPublisher, wakeUp: WakeUp) {
        self.publisher = publisher
        self.wakeUp = wakeUp
    }

    /// Returns true as soon as a snapshot meets the condition; false when the task is cancelled before, or too many
    /// wait. The condition is called under a lock: it must do no more than look something up.
    func wait(until condition: @escaping Condition) async -> Bool {
        let id = state.withLock { state in
            state.lastID += 1
            return state.lastID
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                if let answer = admit(Waiter(id: id, condition: condition, continuation: continuation)) {
                    continuation.resume(returning: answer)
                } else {
                    wakeUp.signal()
                }
            }
        } onCancel: {
            remove(id)?.continuation.resume(returning: false)
        }
    }

    /// Wakes those whose condition the snapshot meets. To be called after it was published.
    func published(_ snapshot: Snapshot) {
        let satisfied = state.withLock { state in
            let satisfied = state.waiters.filter { $0.condition(snapshot) }
            if !satisfied.isEmpty {
                let ids = Set(satisfied.map(\.id))
                state.waiters.removeAll { ids.contains($0.id) }
            }
            return satisfied
        }
        for waiter in satisfied { waiter.continuation.resume(returning: true) }
    }

    /// Nil when the waiter has to wait. The look at the newest snapshot happens under the lock: one that is published
    /// during it comes to ``published(_:)`` when the waiter is in the list.
    private func admit(_ waiter: Waiter) -> Bool? {
        state.withLock { state in
            if waiter.condition(publisher.snapshot) { return true }
            guard !Task.isCancelled, state.waiters.count < Self.maximumCount else { return false }
            state.waiters.append(waiter)
            return nil
        }
    }

    private func remove(_ id: UInt64) -> Waiter? {
        state.withLock { state in
            state.waiters.firstIndex { $0.id == id }.map { state.waiters.remove(at: $0) }
        }
    }
}
