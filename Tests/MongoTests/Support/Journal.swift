import Synchronization

/// What happened, in its order, on whatever threads.
final class Journal<Entry: Sendable>: Sendable {
    private let written = Mutex<[Entry]>([])

    var entries: [Entry] { written.withLock { $0 } }

    func write(_ entry: Entry) {
        written.withLock { $0.append(entry) }
    }
}
