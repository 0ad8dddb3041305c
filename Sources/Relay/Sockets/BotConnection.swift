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
    /// Questions in a row that it left unanswered, and when it left the last.
    private let unanswered = Atomic<Int>(0)
    private let unansweredAt = Atomic<Int64>(0)

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

    /// Whether it is worth asking what fits while people type: one that never answers would make each of them wait. After
    /// a while it is asked again.
    func answersQuestions(at now: Instant) -> Bool {
        unanswered.load(ordering: .relaxed) < Self.maximumUnanswered
            || unansweredAt.load(ordering: .relaxed) + Self.pauseMilliseconds < now.milliseconds
    }

    /// It answered a question, in time or not.
    func answered() { unanswered.store(0, ordering: .relaxed) }

    func leftUnanswered(at now: Instant) {
        unanswered.add(1, ordering: .relaxed)
        unansweredAt.store(now.milliseconds, ordering: .relaxed)
    }

    private static let pauseMilliseconds: Int64 = 30_000
    private static let maximumUnanswered = 3
}
