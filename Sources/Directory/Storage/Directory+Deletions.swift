import BSON
import Logging
import Mongo

/// Deleting what has much belonging to it: marked first, which makes it vanish from every snapshot, then taken apart,
/// and itself last. So whoever finds a mark can complete what another process began.
extension Directory {
    /// Matches documents that nobody is deleting.
    static let notDeleting: BSONDocument = [CompanyDocument.deleting: .null]

    static func notDeleting(_ id: String) -> BSONDocument {
        ["_id": .string(id), CompanyDocument.deleting: .null]
    }

    /// The first step of a deletion.
    static var markDeleting: BSONDocument {
        var update = DocumentUpdate()
        update.set(CompanyDocument.deleting, true)
        return update.document
    }

    /// Matches the company while it is being deleted.
    private static func deleting(_ domain: String) -> BSONDocument {
        ["_id": .string(domain), CompanyDocument.deleting: true]
    }

    func isBeingDeleted(company domain: String) async throws(DirectoryError) -> Bool {
        try await stored { () async throws(MongoError) in
            try await collections.companies.findOne(Self.deleting(domain), projection: ["_id": 1])
        } != nil
    }

    /// Whether this process has seen that the company is being deleted: its bots and members are gone then, though they
    /// may still lie in MongoDB.
    func isKnownToBeDeleted(company domain: String) -> Bool {
        snapshot.tables.companiesBeingDeleted.contains(domain)
    }

    /// Deletes all that belongs to a company that is marked, and the company. Does nothing for any other.
    ///
    /// Two processes may be at it, and as soon as one is done somebody may register the domain anew. So what was found
    /// is deleted only when the mark is still there after the search: then it belonged to the company that goes.
    func finishDeletion(ofCompany domain: String) async throws(DirectoryError) {
        let belongings: BSONDocument = ["company": .string(domain)]
        for collection in [collections.members, collections.bots, collections.keys, collections.messages] {
            let isDone = try await stored { () async throws(MongoError) in
                try await collections.deleteAll(belongings, from: collection) { () async throws(MongoError) in
                    try await collections.companies.findOne(Self.deleting(domain), projection: ["_id": 1]) != nil
                }
            }
            guard isDone else { return }
        }
        try await stored { () async throws(MongoError) in
            _ = try await collections.companies.deleteOne(Self.deleting(domain))
        }
    }

    func finishDeletion(ofMember id: String) async throws(DirectoryError) {
        try await stored { () async throws(MongoError) in
            try await collections.deleteAll([KeyDocument.owner: .string(id)], from: collections.keys)
            try await collections.deleteAll(["member.id": .string(id)], from: collections.messages)
            _ = try await collections.members.deleteOne(["_id": .string(id), MemberDocument.deleting: true])
        }
    }

    /// Does the rest of a deletion whose first step is done, within what is left of the time limit. What takes longer
    /// goes on in the background; what fails is taken up again by ``completeDeletions()``.
    func finishInTime(
        since start: ContinuousClock.Instant,
        _ name: String,
        _ rest: @escaping @Sendable () async throws(DirectoryError) -> Void
    ) async {
        do {
            let limit = max(Self.timeLimit - (ContinuousClock.now - start), .zero)
            try await withTimeLimit(limit, error: .late, cancelsLateWork: false, rest)
        } catch {
            logger.notice(
                "Something is deleted for everybody, but not all of it is out of MongoDB yet.",
                metadata: ["deleted": "\(name)", "reason": "\(error)"]
            )
        }
    }

    /// Longer than a deletion under way takes, so that few are taken up twice.
    private static let completionInterval = Duration.seconds(30)

    /// Completes the deletions that are left over, at the start those of processes that died, later those that failed.
    /// Runs until the task is cancelled.
    func completeDeletions() async {
        guard await waitUntilLoaded() else { return }
        var before = Unfinished(snapshot)
        // At the start all of them; later only those that stood a whole round, not those that somebody is at.
        var leftOver = before
        while !Task.isCancelled {
            await complete(leftOver)
            try? await Task.sleep(for: Self.completionInterval)
            let now = Unfinished(snapshot)
            leftOver = now.intersection(before)
            before = now
        }
    }

    private func complete(_ unfinished: Unfinished) async {
        do {
            for domain in unfinished.companies { try await finishDeletion(ofCompany: domain) }
            for member in unfinished.members { try await finishDeletion(ofMember: member.text) }
        } catch {
            guard !Task.isCancelled else { return }
            logger.notice("A deletion is not finished yet; it is tried again.", metadata: ["reason": "\(error)"])
        }
    }
}

/// What is marked as being deleted.
private struct Unfinished {
    let companies: Set<String>
    let members: Set<ResourceID>

    init(_ snapshot: Snapshot) {
        self.init(companies: snapshot.tables.companiesBeingDeleted, members: snapshot.tables.membersBeingDeleted)
    }

    private init(companies: Set<String>, members: Set<ResourceID>) {
        self.companies = companies
        self.members = members
    }

    func intersection(_ other: Unfinished) -> Unfinished {
        Unfinished(companies: companies.intersection(other.companies), members: members.intersection(other.members))
    }
}
