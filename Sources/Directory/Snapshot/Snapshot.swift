/// Companies, bots, members and keys as they were at one moment: immutable, so that any thread reads it without a lock.
///
/// A change in the directory makes a new snapshot that shares almost everything with the one before. What belongs to
/// a company that is gone, or is being deleted, is not there.
public final class Snapshot: Sendable {
    let tables: SnapshotTables
    /// Counts the snapshots of this process. It means nothing in another one.
    public let version: UInt64

    init(tables: SnapshotTables, version: UInt64) {
        self.tables = tables
        self.version = version
    }

    /// A snapshot made by hand, without a database behind it.
    package convenience init(
        companies: [SnapshotCompany] = [],
        bots: [SnapshotBot] = [],
        members: [SnapshotMember] = [],
        keys: [SnapshotKey] = [],
        version: UInt64 = 1
    ) {
        var tables = SnapshotTables()
        for company in companies { tables.put(company) }
        for bot in bots { tables.put(bot) }
        for member in members { tables.put(member) }
        for key in keys { tables.put(key) }
        self.init(tables: tables, version: version)
    }

    public func company(_ domain: String) -> SnapshotCompany? {
        tables.company(domain)
    }

    public func bot(_ id: String) -> SnapshotBot? {
        ResourceID(id).flatMap { bot($0) }
    }

    public func bot(_ id: ResourceID) -> SnapshotBot? {
        guard let bot = tables.bots[id], tables.company(bot.company) != nil else { return nil }
        return bot
    }

    public func member(_ id: String) -> SnapshotMember? {
        ResourceID(id).flatMap { member($0) }
    }

    public func member(_ id: ResourceID) -> SnapshotMember? {
        guard let member = tables.members[id], !member.isBeingDeleted, tables.company(member.company) != nil else {
            return nil
        }
        return member
    }

    /// How much there is of each, what is being deleted included.
    public var counts: SnapshotCounts {
        SnapshotCounts(
            companies: tables.companies.count,
            bots: tables.bots.count,
            members: tables.members.count,
            keys: tables.keys.count,
            commands: tables.routes.count
        )
    }
}

/// How many of each a snapshot holds.
public struct SnapshotCounts: Sendable, Hashable {
    public let companies: Int
    public let bots: Int
    public let members: Int
    /// Revoked and expired ones included.
    public let keys: Int
    public let commands: Int
}
