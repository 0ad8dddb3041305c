public import BSON

/// The group that owns bots and members. Its id is its domain.
public struct Company: Sendable, Equatable {
    /// Lower-case DNS name, 1 to 253 bytes, at least one dot: `example.com`. Never changes.
    public let domain: String
    /// 1 to 100 characters.
    public var name: String
    /// IANA identifier, `Asia/Seoul`: the zone in which dates of its members' messages are read.
    public var timeZone: String
    /// The owner's own data, kept as sent.
    public var metadata: JSON.Object
    public let createdAt: Instant
    /// Top-level fields of the stored document that hiworker does not know. They survive every update.
    public var unknownFields: BSONDocument
}

/// What a caller says to register a company.
public struct NewCompany: Sendable {
    public var domain: String
    public var name: String
    public var timeZone: String
    public var metadata: JSON.Object

    public init(domain: String, name: String, timeZone: String = "Asia/Seoul", metadata: JSON.Object = [:]) {
        self.domain = domain
        self.name = name
        self.timeZone = timeZone
        self.metadata = metadata
    }
}

/// A merge patch of a company (RFC 7396): what is nil stays.
public struct CompanyPatch: Sendable {
    public var name: String?
    public var timeZone: String?
    public var metadata: JSON.Object?

    public init() {}
}
