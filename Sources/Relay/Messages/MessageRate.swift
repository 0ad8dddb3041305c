import Directory
import Synchronization

/// How many messages a member may send: a steady rate with a burst of twice that.
///
/// The generic cell rate algorithm (ITU-T I.371): one number, the time at which the bucket would be empty again, moved on
/// by every message. It is an atomic, so that all event loops share it without a lock.
final class MessageRate: Sendable {
    /// In nanoseconds of the monotonic clock.
    private let emptyAt = Atomic<Int64>(0)

    /// Takes one message. Nil when it is within the rate, else after how many nanoseconds the next one would be.
    ///
    /// - Parameter perSecond: at least 1.
    func take(perSecond: Int, now: Int64) -> Int64? {
        let cost = 1_000_000_000 / Int64(perSecond)
        let burst = cost * Int64(perSecond) * 2
        while true {
            let seen = emptyAt.load(ordering: .relaxed)
            let next = max(seen, now) + cost
            guard next - now <= burst else { return next - now - burst }
            if emptyAt.compareExchange(expected: seen, desired: next, ordering: .relaxed).exchanged { return nil }
        }
    }

    /// Whether forgetting it would change nothing.
    func isFull(now: Int64) -> Bool {
        emptyAt.load(ordering: .relaxed) <= now
    }
}

/// The rates of all members that sent lately.
final class MessageRates: Sendable {
    private let rates = Mutex<[ResourceID: MessageRate]>([:])

    func rate(of member: ResourceID) -> MessageRate {
        rates.withLock { rates in
            if let rate = rates[member] { return rate }
            let rate = MessageRate()
            rates[member] = rate
            return rate
        }
    }

    /// Forgets those that are full, so that memory holds only who is sending.
    func sweep(now: Int64) {
        rates.withLock { $0 = $0.filter { !$0.value.isFull(now: now) } }
    }
}
