// What the snapshot holds of each resource: what relaying needs and no more. Entries are immutable; a change in the
// directory replaces them.

/// A company in memory.
public final class SnapshotCompany: Sendable {
    public let domain: String
    public let name: String
    /// IANA identifier.
    public let timeZone: String
    /// Counts the updates of the stored document.
    public let revision: Int64
    /// Somebody is deleting it: it and all of its own count as gone.
    let isBeingDeleted: Bool

    public convenience init(domain: String, name: String, timeZone: String, revision: Int64 = 1) {
        self.init(domain: domain, name: name, timeZone: timeZone, revision: revision, isBeingDeleted: false)
    }

    init(domain: String, name: String, timeZone: String, revision: Int64, isBeingDeleted: Bool) {
        self.domain = domain
        self.name = name
        self.timeZone = timeZone
        self.revision = revision
        self.isBeingDeleted = isBeingDeleted
    }
}

/// A bot in memory.
public final class SnapshotBot: Sendable {
    /// ``id`` in 16 bytes.
    public let resourceID: ResourceID
    public let company: String
    public let name: String
    public let description: String?
    public let commands: [Command]
    public let delivery: Delivery
    /// Newest first.
    public let webhookSecrets: [WebhookSecret]
    /// Counts the updates of the stored document.
    public let revision: Int64

    /// Makes a string: keep it, or use ``resourceID``, where it is read often.
    public var id: String { resourceID.text }

    /// Traps when `id` is none (``ResourceID``).
    public convenience init(
        id: String,
        company: String,
        name: String,
        description: String? = nil,
        commands: [Command] = [],
        delivery: Delivery = .socket,
        webhookSecrets: [WebhookSecret] = [],
        revision: Int64 = 1
    ) {
        self.init(
            resourceID: ResourceID(stringLiteral: id),
            company: company,
            name: name,
            description: description,
            commands: commands,
            delivery: delivery,
            webhookSecrets: webhookSecrets,
            revision: revision
        )
    }

    init(
        resourceID: ResourceID,
        company: String,
        name: String,
        description: String?,
        commands: [Command],
        delivery: Delivery,
        webhookSecrets: [WebhookSecret],
        revision: Int64
    ) {
        self.resourceID = resourceID
        self.company = company
        self.name = name
        self.description = description
        self.commands = commands
        self.delivery = delivery
        self.webhookSecrets = webhookSecrets
        self.revision = revision
    }
}

/// A member in memory.
public final class SnapshotMember: Sendable {
    /// ``id`` in 16 bytes.
    public let resourceID: ResourceID
    public let company: String
    public let name: String
    public let email: String?
    /// Counts the updates of the stored document.
    public let revision: Int64
    /// Somebody is deleting the member, who counts as gone.
    let isBeingDeleted: Bool

    /// Makes a string: keep it, or use ``resourceID``, where it is read often.
    public var id: String { resourceID.text }

    /// Traps when `id` is none (``ResourceID``).
    public convenience init(id: String, company: String, name: String, email: String? = nil, revision: Int64 = 1) {
        self.init(
            resourceID: ResourceID(stringLiteral: id),
            company: company,
            name: name,
            email: email,
            revision: revision,
            isBeingDeleted: false
        )
    }

    init(
        resourceID: ResourceID,
        company: String,
        name: String,
        email: String?,
        revision: Int64,
        isBeingDeleted: Bool
    ) {
        self.resourceID = resourceID
        self.company = company
        self.name = name
        self.email = email
        self.revision = revision
        self.isBeingDeleted = isBeingDeleted
    }
}

/// A key in memory: what its secret must hash to, and whom it lets in.
public struct SnapshotKey: Sendable {
    public let digest: KeyDigest
    public let key: APIKey
    /// Counts the updates of the stored document.
    public let revision: Int64

    public init(digest: KeyDigest, key: APIKey, revision: Int64 = 1) {
        self.digest = digest
        self.key = key
        self.revision = revision
    }
}

/// A command of a company in memory, with the bot that declared it.
public struct SnapshotRoute: Sendable {
    public let command: Command
    public let bot: SnapshotBot

    public init(command: Command, bot: SnapshotBot) {
        self.command = command
        self.bot = bot
    }
}
