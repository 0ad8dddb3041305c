import NIOCore

/// Whether the peer of a connection is alive, judged by what it was heard to say.
///
/// ```
/// ping ─ 12.5 s ─ ping again, if nothing was heard ─ 12.5 s ─ give up        every 25 s a ping, if something was
/// ```
///
/// So a peer that falls silent is noticed within 50 s of its last word, two heartbeats.
struct Heartbeat {
    /// Between two pings of a peer that answers.
    static let interval: TimeAmount = .seconds(25)
    /// Between two looks.
    static let beat: TimeAmount = .nanoseconds(interval.nanoseconds / 2)

    private var unanswered = 0
    private var isDue = true

    enum Action: Equatable {
        case nothing
        case ping
        /// Two pings were missed.
        case giveUp
    }

    /// Something came from the peer, whatever it is.
    mutating func heard() {
        unanswered = 0
    }

    /// What to do now; to be asked every ``beat``.
    mutating func next() -> Action {
        guard unanswered < 2 else { return .giveUp }
        defer { isDue = !isDue }
        guard isDue || unanswered > 0 else { return .nothing }
        unanswered += 1
        return .ping
    }
}
