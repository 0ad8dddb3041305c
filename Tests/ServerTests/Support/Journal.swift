import Synchronization

/// What happened, in order; filled on an event loop, read by the test.
final class Journal: Sendable {
    private let entries = Mutex<[String]>([])

    func note(_ entry: String) {
        entries.withLock { $0.append(entry) }
    }

    /// All of it; the next look starts anew.
    func take() -> [String] {
        entries.withLock { entries in
            defer { entries = [] }
            return entries
        }
    }
}
