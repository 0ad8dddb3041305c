import BSON

/// An API key as MongoDB holds it, in the collection `keys`: the digest of its secret and never the secret.
enum KeyDocument {
    static let collection = "keys"

    static let id = "_id"
    static let kind = "kind"
    /// Absent from admin keys of the platform.
    static let company = "company"
    /// Absent from admin keys.
    static let owner = "owner"
    static let digest = "digest"
    static let last4 = "last4"
    static let createdAt = "created_at"
    static let expiresAt = "expires_at"
    static let revokedAt = "revoked_at"
    static let revision = "revision"

    static func make(_ key: APIKey, digest secretDigest: KeyDigest) -> BSONDocument {
        var document: BSONDocument = [
            id: .string(key.id),
            kind: .string(key.kind.rawValue),
        ]
        if let domain = key.company { document.append(company, .string(domain)) }
        if let ownerID = key.owner { document.append(owner, .string(ownerID)) }
        document.append(digest, .binary(bytes: secretDigest.bytes))
        document.append(last4, .string(key.last4))
        document.append(createdAt, .date(milliseconds: key.createdAt.milliseconds))
        if let expiry = key.expiresAt { document.append(expiresAt, .date(milliseconds: expiry.milliseconds)) }
        document.append(revision, 1)
        return document
    }

    /// What the snapshot holds of it. `shared` makes one string of equal domains.
    static func entry(
        _ bytes: UnsafeRawBufferPointer,
        sharing shared: (String) -> String = { $0 }
    ) throws -> SnapshotKey {
        var reader = try BSONReader(bytes)
        var resourceID: ResourceID?
        var keyKind: KeyKind?
        var domain: String?
        var ownerID: ResourceID?
        var secretDigest: KeyDigest?
        var lastFour: UInt32?
        var created = Instant(milliseconds: 0)
        var expiry: Instant?
        var revocation: Instant?
        var number: Int64 = 0
        while let element = try reader.next() {
            switch element.key {
            case "_id": resourceID = ResourceID(utf8: try element.utf8())
            case "kind": keyKind = KeyKind(rawValue: try element.string())
            case "company": domain = try element.optionalString().map(shared)
            case "owner": ownerID = element.type == .null ? nil : ResourceID(utf8: try element.utf8())
            case "digest": secretDigest = KeyDigest(stored: try element.binary())
            case "last4": lastFour = try element.fourBytes()
            case "created_at": created = try element.optionalInstant() ?? created
            case "expires_at": expiry = try element.optionalInstant()
            case "revoked_at": revocation = try element.optionalInstant()
            case "revision": number = try element.int64()
            default: break
            }
        }
        return SnapshotKey(
            digest: try secretDigest.orUnreadable(digest),
            key: APIKey(
                resourceID: try resourceID.orUnreadable(id),
                kind: try keyKind.orUnreadable(kind),
                company: domain,
                ownerID: ownerID,
                last4: try lastFour.orUnreadable(last4),
                createdAt: created,
                expiresAt: expiry,
                revokedAt: revocation
            ),
            revision: number
        )
    }
}

extension APIKey {
    init(_ document: BSONDocument) throws {
        self = try document.entry { try KeyDocument.entry($0) }.key
    }
}

extension BSONElement {
    /// The bytes of a string of four.
    fileprivate func fourBytes() throws(BSONError) -> UInt32? {
        let text = try utf8()
        return text.count == 4 ? text.loadUnaligned(as: UInt32.self) : nil
    }
}
