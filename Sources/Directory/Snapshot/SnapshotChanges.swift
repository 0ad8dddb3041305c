/// What a new snapshot has otherwise than the one before, for those who hold sockets, streams or caches open.
public struct SnapshotChanges: Sendable, Equatable {
    /// Keys that were revoked or removed. Keys also end with their owner, and by expiry, which no change announces.
    public var revokedKeys: [ResourceID] = []
    /// Bots that are new or have a new declaration, delivery, name or webhook secret.
    public var changedBots: [ResourceID] = []
    public var deletedBots: [ResourceID] = []
    /// Both of these by the company's domain.
    public var changedBotsByCompany: [String: [ResourceID]] = [:]
    public var deletedMembers: [ResourceID] = []
    /// With all that belongs to them, which is not listed.
    public var deletedCompanies: [String] = []

    public init() {}

    public var isEmpty: Bool {
        revokedKeys.isEmpty && changedBots.isEmpty && deletedBots.isEmpty && deletedMembers.isEmpty
            && deletedCompanies.isEmpty
    }

    mutating func noteChanged(_ bot: SnapshotBot) {
        changedBots.append(bot.resourceID)
        changedBotsByCompany[bot.company, default: []].append(bot.resourceID)
    }

    mutating func noteDeleted(_ bot: SnapshotBot) {
        deletedBots.append(bot.resourceID)
        changedBotsByCompany[bot.company, default: []].append(bot.resourceID)
    }
}
