/// A key that is about to be stored, with its secret.
struct NewKey: Sendable {
    let id = ResourceID.random(.key)
    let secret: APIKeySecret
    let key: APIKey

    init(kind: KeyKind, company: String?, ownerID: ResourceID?, expiresIn: Duration? = nil) {
        self.init(.random(kind), company: company, ownerID: ownerID, expiresIn: expiresIn)
    }

    /// For a secret that somebody else made.
    init(_ secret: APIKeySecret, company: String?, ownerID: ResourceID?, expiresIn: Duration? = nil) {
        let now = Instant.now
        self.secret = secret
        key = APIKey(
            id: id.text,
            kind: secret.kind,
            company: company,
            owner: ownerID?.text,
            last4: secret.last4,
            createdAt: now,
            expiresAt: expiresIn.map { now.advanced(by: $0) }
        )
    }

    var issued: IssuedKey { IssuedKey(key: key, secret: secret.text) }
}
