import BSON
import Mongo

extension Directory {
    /// Throws `companyExists` when the domain is taken. A company of that domain that is just being deleted is deleted
    /// to the end first.
    public func createCompany(_ company: NewCompany) async throws(DirectoryError) -> Company {
        let document = try encode { () throws(BSONError) in try CompanyDocument.make(company, now: .now) }
        return try await limited { [self] () async throws(DirectoryError) in
            if try await !insert(document) {
                guard try await isBeingDeleted(company: company.domain) else { throw .companyExists }
                try await finishDeletion(ofCompany: company.domain)
                guard try await insert(document) else { throw .companyExists }
            }
            try await seen { $0.company(company.domain) != nil }
            return try read(document, Company.init)
        }
    }

    /// By domain, ascending, those after `after`.
    public func companies(after: String?, limit: Int) async throws(DirectoryError) -> [Company] {
        try await page(of: collections.companies, Self.notDeleting, after: after, limit: limit) { try Company($0) }
    }

    public func company(_ domain: String) async throws(DirectoryError) -> Company? {
        let document = try await limited { [self] () async throws(DirectoryError) in
            try await stored { () async throws(MongoError) in
                try await collections.companies.findOne(Self.notDeleting(domain))
            }
        }
        return try document.map { (document) throws(DirectoryError) in try read(document, Company.init) }
    }

    /// Nil when there is no such company.
    public func updateCompany(_ domain: String, _ patch: CompanyPatch) async throws(DirectoryError) -> Company? {
        let update = try encode { () throws(BSONError) in try patch.update() }
        if update.isEmpty { return try await company(domain) }
        return try await limited { [self] () async throws(DirectoryError) in
            let updated = try await stored { () async throws(MongoError) in
                try await collections.companies.findOneAndUpdate(Self.notDeleting(domain), update.document)
            }
            guard let updated else { return nil }
            try await seen { $0.tables.company(domain).isNoOlder(than: updated.revision) }
            return try read(updated, Company.init)
        }
    }

    /// Takes its bots, members, keys and messages along. Harmless when there is none.
    ///
    /// The company and all that belongs to it is gone for everybody when this returns. What is left in MongoDB of a large
    /// one may go later, even if this process ends.
    public func deleteCompany(_ domain: String) async throws(DirectoryError) {
        let start = ContinuousClock.now
        let isThere = try await limited { [self] () async throws(DirectoryError) in
            let marked = try await stored { () async throws(MongoError) in
                try await collections.companies.findOneAndUpdate(Self.notDeleting(domain), Self.markDeleting)
            }
            if marked == nil, try await !isBeingDeleted(company: domain) { return false }
            try await seen { $0.company(domain) == nil }
            return true
        }
        guard isThere else { return }
        await finishInTime(since: start, "company \(domain)") { [self] () async throws(DirectoryError) in
            try await finishDeletion(ofCompany: domain)
            try await seen { $0.tables.companies[DomainKey(domain: domain)]?.company == nil }
        }
    }

    /// Whether bots, members and keys may be added to the company.
    func isOpen(company domain: String) async throws(DirectoryError) -> Bool {
        try await stored { () async throws(MongoError) in
            try await collections.companies.findOne(Self.notDeleting(domain), projection: ["_id": 1])
        } != nil
    }

    /// False when the domain is taken.
    private func insert(_ company: BSONDocument) async throws(DirectoryError) -> Bool {
        try await stored { () async throws(MongoError) in
            do throws(MongoError) {
                try await collections.companies.insert(company)
                return true
            } catch let error where error.code == .duplicateKey {
                return false
            }
        }
    }
}

extension Optional<SnapshotCompany> {
    /// Whether the snapshot shows this revision of a company that it knew, or already that the company is gone.
    fileprivate func isNoOlder(than revision: Int64) -> Bool {
        map { $0.revision >= revision } ?? true
    }
}
