/// A stored API key, without its secret.
///
/// It is packed (``ResourceID``, a sentinel instead of an optional time) because the snapshot holds one for every key
/// of the platform and hands a copy to every request.
public struct APIKey: Sendable, Hashable {
    /// ``id`` in 16 bytes.
    public let resourceID: ResourceID
    public let kind: KeyKind
    private let last4Bytes: UInt32
    /// The company it belongs to; nil for an admin key of the platform.
    public let company: String?
    private let packedOwner: ResourceID
    public let createdAt: Instant
    private let packedExpiry: Instant
    private let packedRevocation: Instant

    /// Stands for no expiry and no revocation: later than any time that a document can hold in practice.
    private static let never = Instant(milliseconds: .max)

    /// Traps when an id is none (``ResourceID``) or `last4` has not four ASCII characters.
    public init(
        id: String,
        kind: KeyKind,
        company: String?,
        owner: String?,
        last4: String,
        createdAt: Instant,
        expiresAt: Instant? = nil,
        revokedAt: Instant? = nil
    ) {
        let text = Array(last4.utf8)
        precondition(text.count == 4, "last4 is the last four characters of a secret")
        self.init(
            resourceID: ResourceID(stringLiteral: id),
            kind: kind,
            company: company,
            ownerID: owner.map { ResourceID(stringLiteral: $0) },
            last4: text.withUnsafeBytes { $0.loadUnaligned(as: UInt32.self) },
            createdAt: createdAt,
            expiresAt: expiresAt,
            revokedAt: revokedAt
        )
    }

    /// `last4` are the four characters in memory order.
    init(
        resourceID: ResourceID,
        kind: KeyKind,
        company: String?,
        ownerID: ResourceID?,
        last4: UInt32,
        createdAt: Instant,
        expiresAt: Instant?,
        revokedAt: Instant?
    ) {
        self.resourceID = resourceID
        self.kind = kind
        last4Bytes = last4
        self.company = company
        packedOwner = ownerID ?? .absent
        self.createdAt = createdAt
        packedExpiry = expiresAt ?? Self.never
        packedRevocation = revokedAt ?? Self.never
    }

    /// `key_` and 20 random base62 characters.
    public var id: String { resourceID.text }

    /// The bot's or member's id; nil for admin keys.
    public var owner: String? { ownerID?.text }

    /// ``owner`` in 16 bytes.
    public var ownerID: ResourceID? { packedOwner == .absent ? nil : packedOwner }

    /// The last four characters of the secret.
    public var last4: String { withUnsafeBytes(of: last4Bytes) { String(decoding: $0, as: UTF8.self) } }

    /// Nil when it does not expire.
    public var expiresAt: Instant? { packedExpiry == Self.never ? nil : packedExpiry }

    /// Nil when it is not revoked.
    public var revokedAt: Instant? { packedRevocation == Self.never ? nil : packedRevocation }

    /// Why the key, though known, opens nothing at this time; nil when it does.
    public func refusal(now: Instant) -> KeyRefusal? {
        if packedRevocation != Self.never { return .revoked }
        return packedExpiry <= now ? .expired : nil
    }
}

/// Who presents a key; the raw value is its name on the wire and in MongoDB.
public enum KeyKind: String, Sendable, CaseIterable {
    case admin, bot, member
}
