import NIOCore

/// The latest events of one member, for streams that were interrupted: bounded in number, bytes and age, the oldest are
/// forgotten first. A value without I/O.
struct EventFeed {
    /// About what a busy member sees in the time that a phone needs to find its network again.
    static let maximumCount = 500
    static let maximumBytes = 2 * 1024 * 1024
    static let maximumAge: TimeAmount = .minutes(5)

    private var entries = CircularBuffer<Entry>()
    private var bytes = 0
    /// The number of the newest event that is not here any more; what came after it is.
    private var forgotten: UInt64

    struct Entry {
        let number: UInt64
        let event: RelayEvent
        let at: NIODeadline
    }

    /// - Parameter latest: the number of the latest event of the process: this feed begins behind it.
    init(after latest: UInt64) {
        forgotten = latest
    }

    mutating func append(_ event: RelayEvent, number: UInt64, now: NIODeadline) {
        removeExpired(now: now)
        entries.append(Entry(number: number, event: event, at: now))
        bytes += event.approximateBytes
        while entries.count > Self.maximumCount || bytes > Self.maximumBytes { removeOldest() }
    }

    /// What came after an event; nil when some of it is forgotten.
    func events(after number: UInt64) -> [Entry]? {
        guard number >= forgotten else { return nil }
        return entries.filter { $0.number > number }
    }

    mutating func removeExpired(now: NIODeadline) {
        while let oldest = entries.first, oldest.at + Self.maximumAge <= now { removeOldest() }
    }

    /// Forgets what is not the member's to read any more.
    mutating func removeAll() {
        while !entries.isEmpty { removeOldest() }
    }

    private mutating func removeOldest() {
        let oldest = entries.removeFirst()
        forgotten = oldest.number
        bytes -= oldest.event.approximateBytes
    }
}
