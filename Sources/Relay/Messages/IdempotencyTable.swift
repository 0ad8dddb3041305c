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
        var known: [Entry: (text: String, bot: String?, message: MessageID?)] = [:]
        var order = CircularBuffer<(entry: Entry, until: NIODeadline)>()
    }

    private let state = Mutex(State())

    static let retention: TimeAmount = .hours(24)
    private static let maximumEntries = 100_000

    func begin(_ entry: Entry, _ request: NewMessage, now: NIODeadline = .now()) -> Outcome {
        state.withLock { state in
            while let oldest = state.order.first, oldest.until <= now || state.order.count >= Self.maximumEntries {
                state.known[oldest.entry] = nil
                state.order.removeFirst()
            }
            guard let known = state.known[entry] else {
                state.known[entry] = (request.text, request.bot, nil)
                state.order.append((entry, now + Self.retention))
                return .first
            }
            guard known.text == request.text, known.bot == request.bot else { return .differs }
            return known.message.map { .again($0) } ?? .inHand
        }
    }

    func note(_ message: MessageID, for entry: Entry) {
        state.withLock { $0.known[entry]?.message = message }
    }

    func forget(_ entry: Entry) {
        state.withLock { $0.known[entry] = nil }
    }
}
