/// Whoever presented a valid key.
public enum Caller: Sendable {
    /// An administrator of one company, or of the platform when `company` is nil.
    case admin(company: String?, key: APIKey)
    case bot(SnapshotBot, key: APIKey)
    case member(SnapshotMember, key: APIKey)

    /// The key that was presented.
    public var key: APIKey {
        switch self {
        case .admin(_, let key), .bot(_, let key), .member(_, let key): key
        }
    }
}

/// Why a presented key opens nothing.
public enum KeyRefusal: Error, Sendable, Hashable {
    /// No key was presented.
    case missing
    /// What was presented has not the form of a key.
    case malformed
    /// Nobody has this key, or its bot, member or company is gone.
    case unknown
    case revoked
    case expired
}
