import BSON

/// A member as MongoDB holds it, in the collection `members`.
enum MemberDocument {
    static let collection = "members"

    static let id = "_id"
    static let company = "company"
    static let name = "name"
    static let email = "email"
    static let metadata = "metadata"
    static let createdAt = "created_at"
    static let revision = "revision"
    /// `true` from the first step of the deletion to the last.
    static let deleting = "deleting"

    static let fields: Set<String> = [id, company, name, email, metadata, createdAt, revision, deleting]

    static func make(
        _ member: NewMember,
        id resourceID: ResourceID,
        company domain: String,
        now: Instant
    ) throws(BSONError) -> BSONDocument {
        var document: BSONDocument = [
            id: .string(resourceID.text),
            company: .string(domain),
            name: .string(member.name.normalizedC),
        ]
        if let address = member.email { document.append(email, .string(address)) }
        document.append(metadata, .document(try BSONDocument(member.metadata)))
        document.append(createdAt, .date(milliseconds: now.milliseconds))
        document.append(revision, 1)
        return document
    }

    /// What the snapshot holds of it. `shared` makes one string of equal domains.
    static func entry(
        _ bytes: UnsafeRawBufferPointer,
        sharing shared: (String) -> String = { $0 }
    ) throws -> SnapshotMember {
        var reader = try BSONReader(bytes)
        var resourceID: ResourceID?
        var domain: String?
        var title: String?
        var address: String?
        var number: Int64 = 0
        var isBeingDeleted = false
        while let element = try reader.next() {
            switch element.key {
            case "_id": resourceID = ResourceID(utf8: try element.utf8())
            case "company": domain = shared(try element.string())
            case "name": title = try element.string()
            case "email": address = try element.optionalString()
            case "revision": number = try element.int64()
            case "deleting": isBeingDeleted = try element.bool()
            default: break
            }
        }
        return SnapshotMember(
            resourceID: try resourceID.orUnreadable(id),
            company: try domain.orUnreadable(company),
            name: try title.orUnreadable(name),
            email: address,
            revision: number,
            isBeingDeleted: isBeingDeleted
        )
    }
}

extension MemberPatch {
    func update() throws(BSONError) -> DocumentUpdate {
        var update = DocumentUpdate()
        if let name { update.set(MemberDocument.name, .string(name.normalizedC)) }
        if let email { update.set(MemberDocument.email, email.map { .string($0) }) }
        if let metadata { update.set(MemberDocument.metadata, .document(try BSONDocument(metadata))) }
        return update
    }
}

extension Member {
    init(_ document: BSONDocument) throws {
        let entry = try document.entry { try MemberDocument.entry($0) }
        self.init(
            id: entry.id,
            company: entry.company,
            name: entry.name,
            email: entry.email,
            metadata: try document.metadata(MemberDocument.metadata),
            createdAt: try document.instant(MemberDocument.createdAt),
            unknownFields: document.removing(MemberDocument.fields)
        )
    }
}
