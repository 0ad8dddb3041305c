import NIOCore

/// Messages on their way to MongoDB, oldest first: a value without I/O.
///
/// ```
/// append ─► waiting ─ takeBatch ─► in hand ─ finishBatch ─► gone
///              ▲                      │
///              └────── putBack ◄──────┘
/// ```
///
/// What waits is bounded in number and bytes. Beyond either the oldest are dropped, because a member cares most for the
/// newest.
struct HistoryQueue {
    private var waiting = CircularBuffer<Entry>()
    private var waitingBytes = 0
    /// What is being written, one batch at a time.
    private var inHand: [Entry] = []
    private var nextPlace = 0

    private struct Entry {
        /// Grows with every message that comes in.
        let place: Int
        let message: Message
        let bytes: Int
    }

    /// Messages that wait at most: a member's whole day, many times over.
    static let maximumCount = 50_000
    /// Bytes that wait at most: 128 MiB, what a small machine can spare.
    static let maximumBytes = 128 * 1024 * 1024
    /// Messages in one bulk write; a batch of this size takes MongoDB some tens of milliseconds.
    static let batchCount = 1000
    /// Bytes in one bulk write: 8 MiB, as long as it is more than one message.
    static let batchBytes = 8 * 1024 * 1024

    /// How many are not written.
    var count: Int { waiting.count + inHand.count }

    /// Stands behind the newest message: whoever waits until ``isSettled(before:)`` of it waits for all there are.
    var end: Int { nextPlace }

    /// Whether every message that came in before a place is written or dropped.
    func isSettled(before place: Int) -> Bool {
        guard let oldest = inHand.first ?? waiting.first else { return true }
        return oldest.place >= place
    }

    /// Adds messages. Returns how many of the oldest were dropped for them.
    mutating func append(_ messages: some Sequence<Message>) -> Int {
        for message in messages {
            let entry = Entry(place: nextPlace, message: message, bytes: message.approximateBytes)
            nextPlace += 1
            waiting.append(entry)
            waitingBytes += entry.bytes
        }
        return dropSurplus()
    }

    /// Takes the oldest in hand. Nil when none waits.
    mutating func takeBatch() -> [Message]? {
        precondition(inHand.isEmpty, "A batch is finished or put back before the next is taken.")
        var bytes = 0
        while let first = waiting.first, inHand.count < Self.batchCount {
            guard inHand.isEmpty || bytes + first.bytes <= Self.batchBytes else { break }
            bytes += first.bytes
            inHand.append(waiting.removeFirst())
        }
        waitingBytes -= bytes
        return inHand.isEmpty ? nil : inHand.map(\.message)
    }

    /// The batch in hand is written.
    mutating func finishBatch() {
        inHand = []
    }

    /// The batch in hand was not written and waits again, before all others. Returns how many were dropped for it.
    mutating func putBack() -> Int {
        for entry in inHand.reversed() {
            waiting.prepend(entry)
            waitingBytes += entry.bytes
        }
        inHand = []
        return dropSurplus()
    }

    /// Lets go of messages that wait. Those in hand are beyond recall.
    mutating func remove(where isGone: (Message) -> Bool) {
        waiting.removeAll { isGone($0.message) }
        waitingBytes = waiting.reduce(0) { $0 + $1.bytes }
    }

    private mutating func dropSurplus() -> Int {
        var dropped = 0
        while waiting.count > Self.maximumCount || waitingBytes > Self.maximumBytes {
            waitingBytes -= waiting.removeFirst().bytes
            dropped += 1
        }
        return dropped
    }
}
