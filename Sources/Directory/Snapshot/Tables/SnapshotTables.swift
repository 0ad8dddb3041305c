/// The tables of a ``Snapshot``, as a value: copied cheaply, changed a document at a time, shared when published.
///
/// Every `put` takes what MongoDB holds now; what is older than the entry in place is left out, so a document may come
/// twice or late. The same revision counts as newer: somebody may have changed the document by hand.
struct SnapshotTables: Sendable {
    private(set) var companies = ShardedTable<CompanyRecord>()
    private(set) var bots = ShardedTable<SnapshotBot>()
    private(set) var members = ShardedTable<SnapshotMember>()
    private(set) var keys = ShardedTable<SnapshotKey>()
    /// Change events name a key by its id, callers by its digest.
    private(set) var keyIDs = ShardedTable<KeyIDEntry>()
    private(set) var routes = ShardedTable<RouteEntry>()
    /// What somebody began to delete, to be completed if that somebody died.
    private(set) var companiesBeingDeleted: Set<String> = []
    private(set) var membersBeingDeleted: Set<ResourceID> = []

    /// The company, unless it is being deleted.
    func company(_ domain: String) -> SnapshotCompany? {
        guard let company = companies[DomainKey(domain: domain)]?.company, !company.isBeingDeleted else { return nil }
        return company
    }

    func key(_ id: ResourceID) -> SnapshotKey? {
        keyIDs[id]
            .flatMap { entry in
                keys.first(hash: entry.digestBits) { $0.key.resourceID == id }
            }
    }

    /// The same text as the company's domain, so that a million bots do not hold a million copies of it. Texts up to 15
    /// bytes have no copies: they lie within the string.
    func shared(domain: String) -> String {
        domain.utf8.count <= 15 ? domain : companies[DomainKey(domain: domain)]?.domain ?? domain
    }
}

/// Companies
extension SnapshotTables {
    /// Returns whether the tables changed.
    @discardableResult
    mutating func put(_ company: SnapshotCompany) -> Bool {
        let record = companies[DomainKey(domain: company.domain)]
        if let present = record?.company, present.revision > company.revision { return false }
        changeRecord(company.domain) { $0.company = company }
        if company.isBeingDeleted {
            companiesBeingDeleted.insert(company.domain)
        } else {
            companiesBeingDeleted.remove(company.domain)
        }
        return true
    }

    @discardableResult
    mutating func removeCompany(_ domain: String) -> SnapshotCompany? {
        guard let removed = companies[DomainKey(domain: domain)]?.company else { return nil }
        changeRecord(domain) { $0.company = nil }
        companiesBeingDeleted.remove(domain)
        return removed
    }

    /// Bots and members may come before their company and go after it, so a record stands while any of them does.
    private mutating func changeRecord(_ domain: String, _ change: (inout CompanyRecord) -> Void) {
        let key = DomainKey(domain: domain)
        var isEmpty = false
        companies.modify(key, orInsert: CompanyRecord(domain: domain)) { record in
            change(&record)
            isEmpty = record.isEmpty
        }
        if isEmpty { companies.remove(key) }
    }
}

/// Bots and members
extension SnapshotTables {
    @discardableResult
    mutating func put(_ bot: SnapshotBot) -> Bool {
        let present = bots[bot.resourceID]
        if let present {
            if present.revision > bot.revision { return false }
            changeRecord(present.company) { $0.bots.remove(present) }
            removeRoutes(of: present)
        }
        bots.update(bot)
        changeRecord(bot.company) { $0.bots.insert(bot) }
        addRoutes(of: bot)
        return true
    }

    @discardableResult
    mutating func removeBot(_ id: ResourceID) -> SnapshotBot? {
        guard let removed = bots.remove(id) else { return nil }
        changeRecord(removed.company) { $0.bots.remove(removed) }
        removeRoutes(of: removed)
        return removed
    }

    @discardableResult
    mutating func put(_ member: SnapshotMember) -> Bool {
        if let present = members[member.resourceID] {
            if present.revision > member.revision { return false }
            changeRecord(present.company) { $0.members.remove(present) }
        }
        members.update(member)
        if member.isBeingDeleted {
            membersBeingDeleted.insert(member.resourceID)
        } else {
            changeRecord(member.company) { $0.members.insert(member) }
            membersBeingDeleted.remove(member.resourceID)
        }
        return true
    }

    @discardableResult
    mutating func removeMember(_ id: ResourceID) -> SnapshotMember? {
        guard let removed = members.remove(id) else { return nil }
        changeRecord(removed.company) { $0.members.remove(removed) }
        membersBeingDeleted.remove(id)
        return removed
    }

    private mutating func addRoutes(of bot: SnapshotBot) {
        for index in bot.commands.indices { routes.update(RouteEntry(bot: bot, index: index)) }
    }

    /// A command may have gone over to another bot already, whose route then stays.
    private mutating func removeRoutes(of bot: SnapshotBot) {
        for index in bot.commands.indices {
            let key = RouteEntry(bot: bot, index: index).tableKey
            if routes[key]?.bot.resourceID == bot.resourceID { routes.remove(key) }
        }
    }
}

/// Keys
extension SnapshotTables {
    @discardableResult
    mutating func put(_ key: SnapshotKey) -> Bool {
        let id = key.key.resourceID
        if let present = self.key(id) {
            if present.revision > key.revision { return false }
            if present.digest != key.digest { keys.remove(present.digest) }
        }
        keys.update(key)
        keyIDs.update(KeyIDEntry(id: id, digestBits: key.digest.tableHash))
        return true
    }

    @discardableResult
    mutating func removeKey(_ id: ResourceID) -> SnapshotKey? {
        guard let removed = key(id) else { return nil }
        keyIDs.remove(id)
        return keys.remove(removed.digest)
    }
}

/// Loading in bulk: `load` instead of `put`, each document once, and ``finishLoading()`` at the end.
extension SnapshotTables {
    /// Empty tables with room for about so many of each.
    init(expecting expected: SnapshotCounts) {
        companies = ShardedTable(expecting: expected.companies)
        bots = ShardedTable(expecting: expected.bots)
        members = ShardedTable(expecting: expected.members)
        keys = ShardedTable(expecting: expected.keys)
        keyIDs = ShardedTable(expecting: expected.keys)
        routes = ShardedTable(expecting: expected.commands)
    }

    mutating func load(_ bot: SnapshotBot) {
        bots.insert(new: bot)
        changeRecord(bot.company) { $0.bots.append(unsorted: bot) }
        addRoutes(of: bot)
    }

    mutating func load(_ member: SnapshotMember) {
        members.insert(new: member)
        if member.isBeingDeleted {
            membersBeingDeleted.insert(member.resourceID)
        } else {
            changeRecord(member.company) { $0.members.append(unsorted: member) }
        }
    }

    mutating func load(_ key: SnapshotKey) {
        keys.insert(new: key)
        keyIDs.insert(new: KeyIDEntry(id: key.key.resourceID, digestBits: key.digest.tableHash))
    }

    mutating func finishLoading() {
        companies.modifyAll { record in
            record.bots.sort()
            record.members.sort()
        }
        companies.compact()
        bots.compact()
        members.compact()
        keys.compact()
        keyIDs.compact()
        routes.compact()
    }
}
