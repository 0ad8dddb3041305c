import Metrics
import Synchronization

/// Counts the bots' sockets: `hiworker_bot_sockets`, those open now; `hiworker_bot_sockets_closed_total` by `reason`;
/// `hiworker_messages_redelivered_total`, messages that a bot was given again.
final class SocketCounts: Sendable {
    private let open = Atomic<Int>(0)
    private let gauge = Gauge(label: "hiworker_bot_sockets")
    private let redelivered = Counter(label: "hiworker_messages_redelivered_total")

    func opened() {
        gauge.record(open.add(1, ordering: .relaxed).newValue)
    }

    func closed(_ absence: Presence.Reason) {
        gauge.record(open.subtract(1, ordering: .relaxed).newValue)
        Counter(label: "hiworker_bot_sockets_closed_total", dimensions: [("reason", absence.rawValue)]).increment()
    }

    func redeliver() {
        redelivered.increment()
    }
}
