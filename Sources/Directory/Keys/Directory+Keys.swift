import BSON
import Mongo

extension Directory {
    /// A further key of a bot, a member (`owner` its id) or an administrator (`owner` nil; `company` nil for the
    /// platform).
    ///
    /// Throws `notFound` for an unknown owner or company, and for an owner of another company when one is named.
    public func createKey(
        kind: KeyKind,
        company: String?,
        owner: String?,
        expiresIn: Duration?
    ) async throws(DirectoryError) -> IssuedKey {
        try await limited { [self] () async throws(DirectoryError) in
            let home = try await home(of: kind, company: company, owner: owner)
            let key = NewKey(kind: kind, company: home, ownerID: owner.flatMap { ResourceID($0) }, expiresIn: expiresIn)
            try await insert(key)
            do throws(DirectoryError) {
                // The owner's deletion may have begun after the first look and have missed the key.
                _ = try await self.home(of: kind, company: company, owner: owner)
            } catch .notFound {
                try await remove(key)
                throw .notFound
            }
            try await seen { $0.tables.key(key.id) != nil }
            return key.issued
        }
    }

    /// The keys that are not revoked, by id, ascending. `owner` for those of one bot or member; for those of
    /// administrators `company`, nil for the platform's.
    public func keys(
        kind: KeyKind,
        company: String?,
        owner: String?,
        after: String?,
        limit: Int
    ) async throws(DirectoryError) -> [APIKey] {
        var filter: BSONDocument = [KeyDocument.kind: .string(kind.rawValue), KeyDocument.revokedAt: .null]
        if let owner { filter.append(KeyDocument.owner, .string(owner)) }
        if let company {
            filter.append(KeyDocument.company, .string(company))
        } else if kind == .admin {
            filter.append(KeyDocument.company, .null)
        }
        return try await page(of: collections.keys, filter, after: after, limit: limit) { try APIKey($0) }
    }

    /// Revoked and expired keys too, for as long as they are kept.
    public func key(_ id: String) async throws(DirectoryError) -> APIKey? {
        let document = try await limited { [self] () async throws(DirectoryError) in
            try await stored { () async throws(MongoError) in
                try await collections.keys.findOne(["_id": .string(id)])
            }
        }
        return try document.map { (document) throws(DirectoryError) in try read(document, APIKey.init) }
    }

    /// It opens nothing in this process when this returns, and in others a moment later. Harmless when there is none.
    public func revokeKey(_ id: String) async throws(DirectoryError) {
        guard let resourceID = ResourceID(id) else { return }
        var update = DocumentUpdate()
        update.set(KeyDocument.revokedAt, .date(milliseconds: Instant.now.milliseconds))
        try await limited { [self, update] () async throws(DirectoryError) in
            let revoked = try await stored { () async throws(MongoError) in
                try await collections.keys.findOneAndUpdate(
                    ["_id": .string(id), KeyDocument.revokedAt: .null],
                    update.document
                )
            }
            guard revoked != nil else { return }
            try await seen { snapshot in
                snapshot.tables.key(resourceID).map { $0.key.revokedAt != nil } ?? true
            }
        }
    }

    /// Throws `duplicateKey`, as `storageUnavailable`, for a secret that is stored already.
    func insert(_ key: NewKey) async throws(DirectoryError) {
        try await stored { () async throws(MongoError) in
            try await collections.keys.insert(KeyDocument.make(key.key, digest: key.secret.digest))
        }
    }

    func remove(_ key: NewKey) async throws(DirectoryError) {
        try await stored { () async throws(MongoError) in
            _ = try await collections.keys.deleteOne(["_id": .string(key.key.id)])
        }
    }

    /// The company that a key of this owner belongs to, nil for the platform. Throws `notFound` when there is no such
    /// owner, or its company is gone or going.
    private func home(of kind: KeyKind, company: String?, owner: String?) async throws(DirectoryError) -> String? {
        let home: String?
        switch (kind, owner) {
        case (.admin, nil):
            home = company
        case (.bot, let owner?):
            home = try await self.company(ofOwner: owner, in: collections.bots)
        case (.member, let owner?):
            home = try await self.company(ofOwner: owner, in: collections.members)
        default:
            throw .notFound
        }
        guard let home else { return nil }
        guard company == nil || company == home, try await isOpen(company: home) else { throw .notFound }
        return home
    }

    private func company(ofOwner id: String, in collection: MongoCollection) async throws(DirectoryError) -> String {
        let owner = try await stored { () async throws(MongoError) in
            try await collection.findOne(Self.notDeleting(id), projection: ["company": 1])
        }
        guard let company = owner?["company"]?.string else { throw .notFound }
        return company
    }
}
