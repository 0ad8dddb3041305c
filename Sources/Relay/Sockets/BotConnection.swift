import Directory
import Synchronization

/// A bot's open socket as every event loop knows it: where it is, and how busy.
final class BotConnection: Sendable {
    let bot: ResourceID
    /// The domain of the bot's company.
    let company: String
    /// The key that it was opened with.
    let key: ResourceID
    /// The event loop that has the socket.
    let loop: Int
    /// How the bot stands.
    let link: BotLink
    private let inHand = Atomic<Int>(0)
    private let heardAt: Atomic<Int64>
    /// Questions in a row that it left unanswered.
    private let unanswered = Atomic<Int>(0)

    init(bot: SnapshotBot, key: APIKey, loop: Int, link: BotLink, now: Instant) {
        self.bot = bot.resourceID
        company = bot.company
        self.key = key.resourceID
        self.loop = loop
        self.link = link
        heardAt = Atomic(now.milliseconds)
    }

    var id: ObjectIdentifier { ObjectIdentifier(self) }

    /// Messages that it carried and that were not answered yet.
    var load: Int { inHand.load(ordering: .relaxed) }
    func beginMessage() { inHand.add(1, ordering: .relaxed) }
    func endMessage() { inHand.subtract(1, ordering: .relaxed) }

    /// When the bot last sent anything over it.
    var lastHeard: Instant { Instant(milliseconds: heardAt.load(ordering: .relaxed)) }
    func heard(at now: Instant) { heardAt.store(now.milliseconds, ordering: .relaxed) }

    /// Whether it is worth asking what fits while people type: one that never answers would make each of them wait.
    var answersQuestions: Bool { unanswered.load(ordering: .relaxed) < Self.maximumUnanswered }
    func answered() { unanswered.store(0, ordering: .relaxed) }
    func leftUnanswered() { unanswered.add(1, ordering: .relaxed) }
    private static let maximumUnanswered = 3
}

/// The open sockets of all bots, as one event loop knows them. Confined to it.
struct ConnectionRoster {
    private var connections: [ResourceID: [BotConnection]] = [:]

    mutating func add(_ connection: BotConnection) {
        connections[connection.bot, default: []].append(connection)
    }

    mutating func remove(_ connection: BotConnection) {
        connections[connection.bot]?.removeAll { $0 === connection }
        if connections[connection.bot]?.isEmpty == true { connections[connection.bot] = nil }
    }

    /// The connection of a bot with the fewest messages in hand; of equals one on this loop, which spares a hand-over.
    func leastBusy(of bot: ResourceID, near loop: Int) -> BotConnection? {
        guard let candidates = connections[bot] else { return nil }
        if candidates.count == 1 { return candidates[0] }
        return candidates.min { left, right in
            (left.load, left.loop == loop ? 0 : 1) < (right.load, right.loop == loop ? 0 : 1)
        }
    }
}
