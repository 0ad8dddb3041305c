import BSON
import Mongo

extension Directory {
    /// Throws `notFound` for an unknown company.
    public func createMember(
        _ member: NewMember,
        company: String
    ) async throws(DirectoryError) -> (member: Member, key: IssuedKey) {
        let id = ResourceID.random(.member)
        let document = try encode { () throws(BSONError) in
            try MemberDocument.make(member, id: id, company: company, now: .now)
        }
        let key = NewKey(kind: .member, company: company, ownerID: id)
        return try await limited { [self] () async throws(DirectoryError) in
            guard try await isOpen(company: company) else { throw .notFound }
            // The key first: without its owner it opens nothing.
            try await insert(key)
            try await stored { () async throws(MongoError) in try await collections.members.insert(document) }
            // The company's deletion may have begun after the first look and have missed the member.
            guard try await isOpen(company: company) else {
                try await stored { () async throws(MongoError) in
                    _ = try await collections.members.deleteOne(["_id": .string(id.text)])
                }
                try await remove(key)
                throw .notFound
            }
            try await seen { $0.tables.members[id] != nil && $0.tables.key(key.id) != nil }
            return (try read(document, Member.init), key.issued)
        }
    }

    /// By id, ascending, those after `after`.
    public func members(company: String, after: String?, limit: Int) async throws(DirectoryError) -> [Member] {
        guard !isKnownToBeDeleted(company: company) else { return [] }
        var filter = Self.notDeleting
        filter.append(MemberDocument.company, .string(company))
        return try await page(of: collections.members, filter, after: after, limit: limit) { try Member($0) }
    }

    public func member(_ id: String) async throws(DirectoryError) -> Member? {
        let document = try await limited { [self] () async throws(DirectoryError) in
            try await stored { () async throws(MongoError) in
                try await collections.members.findOne(Self.notDeleting(id))
            }
        }
        let member = try document.map { (document) throws(DirectoryError) in try read(document, Member.init) }
        return member.flatMap { isKnownToBeDeleted(company: $0.company) ? nil : $0 }
    }

    /// Nil when there is no such member.
    public func updateMember(_ id: String, _ patch: MemberPatch) async throws(DirectoryError) -> Member? {
        let update = try encode { () throws(BSONError) in try patch.update() }
        if update.isEmpty { return try await member(id) }
        return try await limited { [self] () async throws(DirectoryError) in
            let updated = try await stored { () async throws(MongoError) in
                try await collections.members.findOneAndUpdate(Self.notDeleting(id), update.document)
            }
            guard let updated else { return nil }
            let member = try read(updated, Member.init)
            let resourceID = ResourceID(stringLiteral: member.id)
            try await seen { snapshot in
                snapshot.tables.members[resourceID].map { $0.revision >= updated.revision } ?? true
            }
            return member
        }
    }

    /// Erases the member's messages too. Harmless when there is none.
    ///
    /// The member is gone for everybody when this returns. Many messages may go later, even if this process ends.
    public func deleteMember(_ id: String) async throws(DirectoryError) {
        guard let resourceID = ResourceID(id) else { return }
        let start = ContinuousClock.now
        let isThere = try await limited { [self] () async throws(DirectoryError) in
            let present = try await stored { () async throws(MongoError) -> BSONDocument? in
                let marked = try await collections.members.findOneAndUpdate(Self.notDeleting(id), Self.markDeleting)
                if let marked { return marked }
                return try await collections.members.findOne(["_id": .string(id)])
            }
            guard present != nil else { return false }
            try await seen { $0.member(resourceID) == nil }
            return true
        }
        guard isThere else { return }
        await finishInTime(since: start, "member \(id)") { [self] () async throws(DirectoryError) in
            try await finishDeletion(ofMember: id)
            try await seen { $0.tables.members[resourceID] == nil }
        }
    }
}
