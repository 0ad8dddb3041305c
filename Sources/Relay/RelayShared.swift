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
        guard isChanged else { return }
        let presence = link.presence
        events.publish(.presence(bot: link.bot, presence), to: link.company)
        if !presence.online, link.withdrawOffers() { events.publish(.bots([link.bot]), to: link.company) }
    }
}
