import Directory
import NIOCore

/// What the bots of one event loop's sockets were asked for people who type, and not answered yet. Confined to the loop.
struct PendingCompletions {
    /// How long a bot has; after that what it last said to be available serves (design section 6).
    static let patience: TimeAmount = .milliseconds(300)
    /// Questions at a time; beyond that nobody is asked.
    private static let maximumCount = 1_000

    private let loop: Int
    private var number: UInt64 = 0
    private var pending: [String: (connection: BotConnection, answer: @Sendable ([String]?) -> Void)] = [:]

    init(loop: Int) {
        self.loop = loop
    }

    /// Notes a question to a bot and gives its id; nil, and nothing noted, when there are too many.
    ///
    /// - Parameter answer: called once, with nil when there is no answer in time.
    mutating func begin(over connection: BotConnection, _ answer: @escaping @Sendable ([String]?) -> Void) -> String? {
        guard pending.count < Self.maximumCount else { return nil }
        number += 1
        let id = "cmp_\(loop)_\(number)"
        pending[id] = (connection, answer)
        return id
    }

    /// Ends a question, if it was this bot's.
    mutating func end(_ id: String, with values: [String]?, from connection: BotConnection) {
        connection.answered()
        guard let question = pending[id], question.connection === connection else { return }
        pending[id] = nil
        question.answer(values)
    }

    /// Ends a question whose time is over. A bot that leaves several is not asked for a while.
    mutating func expire(_ id: String) {
        guard let question = pending.removeValue(forKey: id) else { return }
        question.connection.leftUnanswered(at: .now)
        question.answer(nil)
    }
}
