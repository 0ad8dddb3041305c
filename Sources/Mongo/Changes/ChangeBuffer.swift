import Dispatch
import Synchronization

/// Between the thread that fetches changes and the task that takes them, one element at a time.
///
/// Its bound is one batch, which is at most one message of the server: the thread gives the next one only when the task
/// has taken all of the last, and waits until then.
final class ChangeBuffer: Sendable {
    private typealias Outcome = Result<MongoChange?, MongoError>
    private typealias Consumer = CheckedContinuation<Outcome, Never>

    private struct State {
        /// Not taken yet, the next one last.
        var reversed: [MongoChange] = []
        /// The task that waits, while nothing is there to take.
        var consumer: Consumer?
        /// How it ends once all is taken.
        var end: Outcome?
        /// Nobody will take anything any more.
        var isStopped = false
    }

    private let state = Mutex(State())
    /// Signalled when the buffer becomes empty, and when it is stopped.
    private let room = DispatchSemaphore(value: 0)

    /// The task takes no more: what is there is dropped, the thread is told at its next push, and a task that waits
    /// gets `end`, which is also what comes after it. Without effect once it has ended.
    func stop(_ end: Result<Void, MongoError> = .success(())) {
        let end: Outcome = end.map { nil }
        let consumer = state.withLock { state in
            guard !state.isStopped else { return nil as Consumer? }
            state.isStopped = true
            state.reversed = []
            if state.consumer == nil, state.end == nil { state.end = end }
            return state.consumer.take()
        }
        consumer?.resume(returning: end)
        room.signal()
    }
}

/// The thread's side.
extension ChangeBuffer {
    private enum Push {
        case done(Consumer, MongoChange)
        case buffered
        case full
        case unwanted
    }

    /// Blocks until there is room for the batch. False when nobody wants it any more.
    func push(_ batch: [MongoChange]) -> Bool {
        while true {
            switch tryPush(batch) {
            case .done(let consumer, let first):
                consumer.resume(returning: .success(first))
                return true
            case .buffered: return true
            case .full: room.wait()
            case .unwanted: return false
            }
        }
    }

    private func tryPush(_ batch: [MongoChange]) -> Push {
        state.withLock { state in
            if state.isStopped { return .unwanted }
            guard state.reversed.isEmpty else { return .full }
            state.reversed = batch.reversed()
            guard state.consumer != nil, let first = state.reversed.popLast(), let consumer = state.consumer.take()
            else {
                return .buffered
            }
            return .done(consumer, first)
        }
    }

    /// Nothing more will come. What is there is still taken, then comes the error, if any, and then the end.
    func finish(_ error: MongoError?) {
        let end: Outcome = error.map(Outcome.failure) ?? .success(nil)
        let consumer = state.withLock { state in
            guard let consumer = state.consumer.take() else {
                if state.end == nil { state.end = end }
                return nil as Consumer?
            }
            state.end = .success(nil)
            return consumer
        }
        consumer?.resume(returning: end)
    }
}

/// The task's side.
extension ChangeBuffer {
    /// The next element; nil at the end, and when the task is cancelled, which stops the stream. For one task at a
    /// time.
    func next() async throws(MongoError) -> MongoChange? {
        let outcome = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                if let outcome = take(orWait: continuation) { continuation.resume(returning: outcome) }
            }
        } onCancel: {
            stop()
        }
        return try outcome.get()
    }

    /// The next element if one is there to take.
    func takeIfReady() -> MongoChange? {
        let (change, isEmptied) = state.withLock { state in
            let change = state.reversed.popLast()
            return (change, change != nil && state.reversed.isEmpty)
        }
        if isEmptied { room.signal() }
        return change
    }

    private func take(orWait consumer: Consumer) -> Outcome? {
        let (outcome, isEmptied): (Outcome?, Bool) = state.withLock { state in
            if let change = state.reversed.popLast() { return (.success(change), state.reversed.isEmpty) }
            if let end = state.end {
                // An error is thrown once.
                state.end = .success(nil)
                return (end, false)
            }
            precondition(state.consumer == nil, "two tasks take from one change stream")
            state.consumer = consumer
            return (nil, false)
        }
        if isEmptied { room.signal() }
        return outcome
    }
}
