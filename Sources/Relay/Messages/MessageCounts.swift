import API
import Metrics

/// Counts messages as they end: `hiworker_messages_total` by `outcome`, which is `completed` or the code of the problem.
final class MessageCounts: Sendable {
    private let completed = MessageCounts.counter("completed")
    private let failed = Dictionary(
        uniqueKeysWithValues: Problem.Code.allCases.map { ($0, MessageCounts.counter($0.rawValue)) }
    )

    func count(_ message: Message) {
        let counter = message.problem.flatMap { failed[$0.code] } ?? completed
        counter.increment()
    }

    private static func counter(_ outcome: String) -> Counter {
        Counter(label: "hiworker_messages_total", dimensions: [("outcome", outcome)])
    }
}
