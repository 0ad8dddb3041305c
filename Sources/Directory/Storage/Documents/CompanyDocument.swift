import BSON

/// A company as MongoDB holds it, in the collection `companies`.
enum CompanyDocument {
    static let collection = "companies"

    static let id = "_id"
    static let name = "name"
    static let timeZone = "time_zone"
    static let metadata = "metadata"
    static let createdAt = "created_at"
    static let revision = "revision"
    /// `true` from the first step of its deletion to the last.
    static let deleting = "deleting"

    static let fields: Set<String> = [id, name, timeZone, metadata, createdAt, revision, deleting]

    static func make(_ company: NewCompany, now: Instant) throws(BSONError) -> BSONDocument {
        [
            id: .string(company.domain),
            name: .string(company.name.normalizedC),
            timeZone: .string(company.timeZone),
            metadata: .document(try BSONDocument(company.metadata)),
            createdAt: .date(milliseconds: now.milliseconds),
            revision: 1,
        ]
    }

    /// What the snapshot holds of it.
    static func entry(_ bytes: UnsafeRawBufferPointer) throws -> SnapshotCompany {
        var reader = try BSONReader(bytes)
        var domain: String?
        var title: String?
        var zone: String?
        var number: Int64 = 0
        var isBeingDeleted = false
        while let element = try reader.next() {
            switch element.key {
            case "_id": domain = try element.string()
            case "name": title = try element.string()
            case "time_zone": zone = try element.string()
            case "revision": number = try element.int64()
            case "deleting": isBeingDeleted = try element.bool()
            default: break
            }
        }
        return SnapshotCompany(
            domain: try domain.orUnreadable(id),
            name: try title.orUnreadable(name),
            timeZone: try zone.orUnreadable(timeZone),
            revision: number,
            isBeingDeleted: isBeingDeleted
        )
    }
}

extension CompanyPatch {
    func update() throws(BSONError) -> DocumentUpdate {
        var update = DocumentUpdate()
        if let name { update.set(CompanyDocument.name, .string(name.normalizedC)) }
        if let timeZone { update.set(CompanyDocument.timeZone, .string(timeZone)) }
        if let metadata { update.set(CompanyDocument.metadata, .document(try BSONDocument(metadata))) }
        return update
    }
}

extension Company {
    init(_ document: BSONDocument) throws {
        let entry = try document.entry(CompanyDocument.entry)
        self.init(
            domain: entry.domain,
            name: entry.name,
            timeZone: entry.timeZone,
            metadata: try document.metadata(CompanyDocument.metadata),
            createdAt: try document.instant(CompanyDocument.createdAt),
            unknownFields: document.removing(CompanyDocument.fields)
        )
    }
}
