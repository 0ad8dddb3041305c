import API
import Directory
import NIOCore
import Synchronization

/// Which `Idempotency-Key` made which message, so that a request that is sent again makes no second one.
///
/// In memory, for a day, for the newest keys: what it protects from is a client that repeats a request whose answer it
/// did not get. A restart of the server forgets it.
final class IdempotencyTable: Sendable {
    struct Entry: Hashable {
        let member: ResourceID
        let key: String
    }

    enum Outcome {
        /// Nobody sent it before: send the message, then ``note(_:for:)`` or ``forget(_:)``.
        case first
        case again(MessageID)
        /// The first one has no message yet.
        case inHand
        /// The key was used for another request.
        case differs
    }

    private struct State {
        var known: [Entry: First] = [:]
        var order = CircularBuffer<(entry: Entry, until: NIODeadline)>()

        mutating func removeOldest() {
            let oldest = order.removeFirst()
            // It may have been forgotten and begun anew since.
            if known[oldest.entry]?.until == oldest.until { known[oldest.entry] = nil }
        }
    }

    /// The first request with a key: a hash of it instead of its text, which may be long.
    private struct First {
        let request: Int
        let until: NIODeadline
        var message: MessageID?
    }

    private let state = Mutex(State())

    static let retention: TimeAmount = .hours(24)
    static let maximumEntries = 100_000

    func begin(_ entry: Entry, _ request: NewMessage, now: NIODeadline = .now()) -> Outcome {
        state.withLock { state in
            while let oldest = state.order.first, oldest.until <= now { state.removeOldest() }
            let hash = Self.hash(of: request)
            guard let known = state.known[entry] else {
                while state.order.count >= Self.maximumEntries { state.removeOldest() }
                let until = now + Self.retention
                state.known[entry] = First(request: hash, until: until)
                state.order.append((entry, until))
                return .first
            }
            guard known.request == hash else { return .differs }
            return known.message.map { .again($0) } ?? .inHand
        }
    }

    func note(_ message: MessageID, for entry: Entry) {
        state.withLock { $0.known[entry]?.message = message }
    }

    func forget(_ entry: Entry) {
        state.withLock { state in
            state.known[entry] = nil
            if state.order.last?.entry == entry { state.order.removeLast() }
        }
    }

    private static func hash(of request: NewMessage) -> Int {
        var hasher = Hasher()
        hasher.combine(request.text)
        hasher.combine(request.bot)
        return hasher.finalize()
    }
}
