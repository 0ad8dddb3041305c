import Directory

/// One company of a snapshot.
struct CompanyDirectory: CommandDirectory {
    let snapshot: Snapshot
    /// The company's domain.
    let company: String

    func route(named name: String) -> SnapshotRoute? {
        snapshot.route(company: company, command: name)
    }

    var bots: [SnapshotBot] { snapshot.bots(company: company) }

    func members(named name: String) -> [SnapshotMember] {
        snapshot.members(company: company, named: name)
    }

    func members(email: String) -> [SnapshotMember] {
        snapshot.members(company: company)
            .filter { member in
                guard let other = member.email?.utf8, other.count == email.utf8.count else { return false }
                return zip(other, email.utf8).allSatisfy { $0.lowercased == $1.lowercased }
            }
    }

    func member(id: String) -> SnapshotMember? {
        snapshot.member(id).flatMap { $0.company == company ? $0 : nil }
    }
}
