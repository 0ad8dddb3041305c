extension SnapshotBot: TableEntry {
    var tableKey: ResourceID { resourceID }
}

extension SnapshotMember: TableEntry {
    var tableKey: ResourceID { resourceID }
}

extension SnapshotKey: TableEntry {
    var tableKey: KeyDigest { digest }
}

/// A company and what belongs to it by name.
struct CompanyRecord: TableEntry {
    let domain: String
    /// Nil while only its bots or members are known.
    var company: SnapshotCompany?
    var bots = Roster<SnapshotBot>()
    var members = Roster<SnapshotMember>()

    var tableKey: DomainKey { DomainKey(domain: domain) }
    var isEmpty: Bool { company == nil && bots.isEmpty && members.isEmpty }
}

/// Where a key with this id is found: by the hash of its digest.
struct KeyIDEntry: TableEntry {
    let id: ResourceID
    let digestBits: UInt64

    var tableKey: ResourceID { id }
}

/// A command of a company: the bot that has it, and which of its commands it is.
struct RouteEntry: TableEntry {
    let bot: SnapshotBot
    private let position: UInt32
    /// Kept, so that a growing table does not go through three objects for the name of each command.
    private let hash: UInt32

    init(bot: SnapshotBot, index: Int) {
        self.bot = bot
        position = UInt32(index)
        hash = RouteKey(company: bot.company, command: bot.commands[index].name.text).hash
    }

    var command: Command { bot.commands[Int(position)] }
    var tableKey: RouteKey { RouteKey(company: bot.company, command: command.name.text, hash: hash) }
    var tableHash: UInt64 { RouteKey.spread(hash) }

    func hasKey(_ key: RouteKey) -> Bool { hash == key.hash && tableKey == key }
}
