/// What belongs to one company.
extension Snapshot {
    /// The bot that declared the command of this exact name (``CommandName/text``), and the command.
    public func route(company: String, command: String) -> SnapshotRoute? {
        guard let entry = tables.routes[RouteKey(company: company, command: command)],
            tables.company(company) != nil
        else { return nil }
        return SnapshotRoute(command: entry.command, bot: entry.bot)
    }

    /// By name, those of one name by id. For a page of them see ``bots(company:after:limit:)``.
    public func bots(company: String) -> [SnapshotBot] {
        record(company)?.bots.entries ?? []
    }

    /// Those with exactly this name, canonically equivalent texts being one.
    public func bots(company: String, named name: String) -> [SnapshotBot] {
        record(company)?.bots.entries(named: name) ?? []
    }

    /// Up to `limit` bots in the order of ``bots(company:)``, those behind `previous`.
    public func bots(company: String, after previous: SnapshotBot?, limit: Int) -> [SnapshotBot] {
        record(company)?.bots.entries(after: previous, limit: limit) ?? []
    }

    /// By name, those of one name by id. For a page of them see ``members(company:after:limit:)``.
    public func members(company: String) -> [SnapshotMember] {
        record(company)?.members.entries ?? []
    }

    /// Those with exactly this name, canonically equivalent texts being one.
    public func members(company: String, named name: String) -> [SnapshotMember] {
        record(company)?.members.entries(named: name) ?? []
    }

    /// Up to `limit` members in the order of ``members(company:)``, those behind `previous`.
    public func members(company: String, after previous: SnapshotMember?, limit: Int) -> [SnapshotMember] {
        record(company)?.members.entries(after: previous, limit: limit) ?? []
    }

    private func record(_ company: String) -> CompanyRecord? {
        guard let record = tables.companies[DomainKey(domain: company)], let present = record.company,
            !present.isBeingDeleted
        else { return nil }
        return record
    }
}
