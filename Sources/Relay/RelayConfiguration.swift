/// What an operator can set about relaying (design section 8).
public struct RelayConfiguration: Sendable {
    /// Messages per second and member, with bursts of twice that; 0 is no limit.
    public var messagesPerSecond: Int
    /// Days that messages are kept in MongoDB; 0 keeps none.
    public var historyDays: Int
    /// Which addresses webhooks may be called at.
    public var webhookAddresses: AddressPolicy

    public init(messagesPerSecond: Int = 50, historyDays: Int = 90, webhookAddresses: AddressPolicy = AddressPolicy()) {
        self.messagesPerSecond = messagesPerSecond
        self.historyDays = historyDays
        self.webhookAddresses = webhookAddresses
    }
}
