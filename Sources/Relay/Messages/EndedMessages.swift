import BSON
import NIOCore

/// The messages of an event loop that ended a short while ago: they can be read, and refuse a second reply, without
/// MongoDB. Bounded in age, number and bytes; the oldest are forgotten first.
struct EndedMessages {
    private(set) var messages: [MessageID: Message] = [:]
    private var order = CircularBuffer<Entry>()
    private var bytes = 0

    private struct Entry {
        let id: MessageID
        let until: NIODeadline
        let bytes: Int
    }

    static let maximumCount = 10_000
    static let maximumBytes = 16 * 1024 * 1024

    subscript(id: MessageID) -> Message? { messages[id] }

    mutating func append(_ message: Message, until: NIODeadline) {
        let size = message.approximateBytes
        messages[message.id] = message
        order.append(Entry(id: message.id, until: until, bytes: size))
        bytes += size
        while order.count > Self.maximumCount || bytes > Self.maximumBytes { removeOldest() }
    }

    mutating func removeExpired(now: NIODeadline) {
        while let oldest = order.first, oldest.until <= now { removeOldest() }
    }

    /// Forgets messages before their time: those of a member who was deleted.
    mutating func remove(where isGone: (Message) -> Bool) {
        messages = messages.filter { !isGone($0.value) }
        order.removeAll { messages[$0.id] == nil }
        bytes = order.reduce(0) { $0 + $1.bytes }
    }

    private mutating func removeOldest() {
        let oldest = order.removeFirst()
        messages[oldest.id] = nil
        bytes -= oldest.bytes
    }
}
