import Directory
import NIOCore

/// Keys that were revoked and members and companies that were deleted a short while ago: a stream that was being opened
/// meanwhile must not outlive them. A value without I/O.
struct GoneCallers {
    /// Longer than a request is on its way from the check of its key to its stream, and shorter than anybody needs to make
    /// a company anew.
    private static let memory: TimeAmount = .seconds(2)

    private var keys: [ResourceID: NIODeadline] = [:]
    private var members: [ResourceID: NIODeadline] = [:]
    private var companies: [String: NIODeadline] = [:]

    mutating func add(_ changes: SnapshotChanges, now: NIODeadline) {
        removeExpired(now: now)
        for key in changes.revokedKeys { keys[key] = now + Self.memory }
        for member in changes.deletedMembers { members[member] = now + Self.memory }
        for company in changes.deletedCompanies { companies[company] = now + Self.memory }
    }

    mutating func has(_ stream: EventStream, now: NIODeadline) -> Bool {
        removeExpired(now: now)
        return keys[stream.key] != nil || members[stream.member] != nil || companies[stream.company] != nil
    }

    private mutating func removeExpired(now: NIODeadline) {
        keys = keys.filter { $0.value > now }
        members = members.filter { $0.value > now }
        companies = companies.filter { $0.value > now }
    }
}
