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
    let index: Int

    var command: Command { bot.commands[index] }
    var tableKey: RouteKey { RouteKey(company: bot.company, command: command.name.text) }
}
