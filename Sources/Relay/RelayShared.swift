public import API
public import Directory

/// Stores the commands that a bot declares over its socket.
public typealias DeclareCommands = @Sendable (_ bot: ResourceID, _ commands: [Command]) async throws(Problem) -> Void

/// What all event loops of one relay have in common.
final class RelayShared: Sendable {
    /// A number drawn at start: it tells this process's messages from another's.
    let node: UInt32
    let configuration: RelayConfiguration
    let publisher: SnapshotPublisher
    /// Nil when none is kept.
    let history: History?
    let links = BotLinks()
    let rates = MessageRates()
    let counts = MessageCounts()
    let socketCounts = SocketCounts()
    let events: EventHub
    let declare: DeclareCommands

    init(
        configuration: RelayConfiguration,
        publisher: SnapshotPublisher,
        history: History?,
        declare: @escaping DeclareCommands
    ) {
        node = UInt32.random(in: .min ... .max)
        events = EventHub(node: node)
        self.configuration = configuration
        self.publisher = publisher
        self.history = history
        self.declare = declare
    }

    /// ``node`` as people and bots see it: eight hexadecimal digits.
    var nodeName: String { EventID.name(ofNode: node) }

    /// Tells the members of a bot's company of its presence when that changed.
    func note(_ isChanged: Bool, of link: BotLink) {
        guard isChanged, links.isCurrent(link) else { return }
        link.announce { presence, hasWithdrawn in
            events.publish(.presence(bot: link.bot, presence), to: link.company)
            if hasWithdrawn { events.publish(.bots([link.bot]), to: link.company) }
        }
    }

    /// Ends a message that no loop has in hand any more: MongoDB may know it, from before a restart.
    func endLate(_ id: MessageID, from bot: ResourceID, with answer: Answer) async throws(Problem) {
        guard let history else { throw Problem(.notFound) }
        // One of this process may have ended, and not be written yet.
        if id.node == node { try await history.flush() }
        let message = try await history.end(id, from: bot, with: answer)
        counts.count(message)
        events.publish(.message(message), to: message.member.id)
    }
}
