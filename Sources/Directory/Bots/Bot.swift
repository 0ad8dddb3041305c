public import BSON

/// A program that answers commands, as the directory stores it.
public struct Bot: Sendable, Equatable {
    /// `bot_` and 20 random base62 characters.
    public let id: String
    /// The domain of its company.
    public let company: String
    /// 1 to 100 characters.
    public var name: String
    /// At most 500 characters.
    public var description: String?
    public var commands: [Command]
    public var delivery: Delivery
    /// Newest first, at most two. Empty for a bot that never had a webhook or a call for a secret.
    public var webhookSecrets: [WebhookSecret]
    public var metadata: JSON.Object
    public let createdAt: Instant
    /// Top-level fields of the stored document that hiworker does not know. They survive every update.
    public var unknownFields: BSONDocument
}

/// What a caller says to register a bot.
public struct NewBot: Sendable {
    public var name: String
    public var description: String?
    public var commands: [Command]
    public var delivery: Delivery
    public var metadata: JSON.Object

    public init(
        name: String,
        description: String? = nil,
        commands: [Command] = [],
        delivery: Delivery = .socket,
        metadata: JSON.Object = [:]
    ) {
        self.name = name
        self.description = description
        self.commands = commands
        self.delivery = delivery
        self.metadata = metadata
    }
}

/// A merge patch of a bot (RFC 7396): what is nil stays, `description` is doubly optional so that it can be removed.
public struct BotPatch: Sendable {
    public var name: String?
    public var description: String??
    public var commands: [Command]?
    public var delivery: Delivery?
    public var metadata: JSON.Object?

    public init() {}
}

/// A secret that signs webhook calls (Standard Webhooks, `v1`).
public struct WebhookSecret: Sendable, Hashable {
    /// 24 random bytes; on the wire `whsec_` and their base64.
    public let bytes: [UInt8]
    /// When it stops signing; nil for the newest.
    public var expiresAt: Instant?

    public init(bytes: [UInt8], expiresAt: Instant? = nil) {
        self.bytes = bytes
        self.expiresAt = expiresAt
    }
}
