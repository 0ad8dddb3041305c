import Directory

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

    init(configuration: RelayConfiguration, publisher: SnapshotPublisher, history: History?) {
        node = UInt32.random(in: .min ... .max)
        self.configuration = configuration
        self.publisher = publisher
        self.history = history
    }
}
