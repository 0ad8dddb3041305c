public import BSON

/// A person of a company who sends messages from a client, as the directory stores it.
public struct Member: Sendable, Equatable {
    /// `mem_` and 20 random base62 characters.
    public let id: String
    /// The domain of the company.
    public let company: String
    /// 1 to 100 characters.
    public var name: String
    /// At most 254 bytes.
    public var email: String?
    public var metadata: JSON.Object
    public let createdAt: Instant
    /// Top-level fields of the stored document that hiworker does not know. They survive every update.
    public var unknownFields: BSONDocument
}

/// What a caller says to register a member.
public struct NewMember: Sendable {
    public var name: String
    public var email: String?
    public var metadata: JSON.Object

    public init(name: String, email: String? = nil, metadata: JSON.Object = [:]) {
        self.name = name
        self.email = email
        self.metadata = metadata
    }
}

/// A merge patch of a member (RFC 7396): what is nil stays, `email` is doubly optional so that it can be removed.
public struct MemberPatch: Sendable {
    public var name: String?
    public var email: String??
    public var metadata: JSON.Object?

    public init() {}
}
