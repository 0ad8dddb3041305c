/// Whom a key lets in.
extension Snapshot {
    /// Checks what somebody presents as a key: its form and checksum, then its SHA-256 among the known ones, then
    /// whether its owner and company exist, then revocation and expiry.
    public func check(_ secret: UnsafeRawBufferPointer, now: Instant) -> Result<Caller, KeyRefusal> {
        guard (try? APIKeySecret.check(secret)) != nil else { return .failure(.malformed) }
        guard let entry = tables.keys[KeyDigest(of: secret)] else { return .failure(.unknown) }
        return caller(of: entry.key, now: now)
    }

    /// The same for a secret in a string.
    public func check(_ secret: String, now: Instant) -> Result<Caller, KeyRefusal> {
        var secret = secret
        return secret.withUTF8 { check(UnsafeRawBufferPointer($0), now: now) }
    }

    /// Whom a key that was checked before lets in now: what an open socket or stream asks when keys change.
    public func check(keyID: ResourceID, now: Instant) -> Result<Caller, KeyRefusal> {
        guard let entry = tables.key(keyID) else { return .failure(.unknown) }
        return caller(of: entry.key, now: now)
    }

    private func caller(of key: APIKey, now: Instant) -> Result<Caller, KeyRefusal> {
        guard let caller = owner(of: key) else { return .failure(.unknown) }
        if let refusal = key.refusal(now: now) { return .failure(refusal) }
        return .success(caller)
    }

    private func owner(of key: APIKey) -> Caller? {
        switch key.kind {
        case .admin:
            if let company = key.company, tables.company(company) == nil { return nil }
            return .admin(company: key.company, key: key)
        case .bot:
            return key.ownerID.flatMap { bot($0) }.map { .bot($0, key: key) }
        case .member:
            return key.ownerID.flatMap { member($0) }.map { .member($0, key: key) }
        }
    }
}
