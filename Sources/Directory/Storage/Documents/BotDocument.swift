import BSON

/// A bot as MongoDB holds it, in the collection `bots`.
enum BotDocument {
    static let collection = "bots"

    static let id = "_id"
    static let company = "company"
    static let name = "name"
    static let description = "description"
    static let commands = "commands"
    static let delivery = "delivery"
    static let webhookSecrets = "webhook_secrets"
    static let metadata = "metadata"
    static let createdAt = "created_at"
    static let revision = "revision"
    /// Where the unique index finds the names of commands.
    static let commandNames = "commands.name"

    static let fields: Set<String> = [
        id, company, name, description, commands, delivery, webhookSecrets, metadata, createdAt, revision,
    ]

    static func make(
        _ bot: NewBot,
        id resourceID: ResourceID,
        company domain: String,
        webhookSecrets secrets: [WebhookSecret],
        now: Instant
    ) throws(BSONError) -> BSONDocument {
        var document: BSONDocument = [
            id: .string(resourceID.text),
            company: .string(domain),
            name: .string(bot.name.normalizedC),
        ]
        if let text = bot.description { document.append(description, .string(text)) }
        document.append(commands, .array(BSONArray(bot.commands.map { .document($0.document) })))
        document.append(delivery, .document(bot.delivery.document))
        document.append(webhookSecrets, .secrets(secrets))
        document.append(metadata, .document(try BSONDocument(bot.metadata)))
        document.append(createdAt, .date(milliseconds: now.milliseconds))
        document.append(revision, 1)
        return document
    }

    /// What the snapshot holds of it. `shared` makes one string of equal domains.
    static func entry(
        _ bytes: UnsafeRawBufferPointer,
        sharing shared: (String) -> String = { $0 }
    ) throws -> SnapshotBot {
        var reader = try BSONReader(bytes)
        var resourceID: ResourceID?
        var domain: String?
        var title: String?
        var text: String?
        var declared: [Command] = []
        var reached = Delivery.socket
        var secrets: [WebhookSecret] = []
        var number: Int64 = 0
        while let element = try reader.next() {
            switch element.key {
            case "_id": resourceID = ResourceID(utf8: try element.utf8())
            case "company": domain = shared(try element.string())
            case "name": title = try element.string()
            case "description": text = try element.optionalString()
            case "commands": declared = try Command.list(element)
            case "delivery": reached = try Delivery(element)
            case "webhook_secrets": secrets = try WebhookSecret.list(element)
            case "revision": number = try element.int64()
            default: break
            }
        }
        return SnapshotBot(
            resourceID: try resourceID.orUnreadable(id),
            company: try domain.orUnreadable(company),
            name: try title.orUnreadable(name),
            description: text,
            commands: declared,
            delivery: reached,
            webhookSecrets: secrets,
            revision: number
        )
    }
}

extension BotPatch {
    func update() throws(BSONError) -> DocumentUpdate {
        var update = DocumentUpdate()
        if let name { update.set(BotDocument.name, .string(name.normalizedC)) }
        if let description { update.set(BotDocument.description, description.map { .string($0) }) }
        if let commands {
            update.set(BotDocument.commands, .array(BSONArray(commands.map { .document($0.document) })))
        }
        if let delivery { update.set(BotDocument.delivery, .document(delivery.document)) }
        if let metadata { update.set(BotDocument.metadata, .document(try BSONDocument(metadata))) }
        return update
    }
}

extension Bot {
    init(_ document: BSONDocument) throws {
        let entry = try document.entry { try BotDocument.entry($0) }
        self.init(
            id: entry.id,
            company: entry.company,
            name: entry.name,
            description: entry.description,
            commands: entry.commands,
            delivery: entry.delivery,
            webhookSecrets: entry.webhookSecrets,
            metadata: try document.metadata(BotDocument.metadata),
            createdAt: try document.instant(BotDocument.createdAt),
            unknownFields: document.removing(BotDocument.fields)
        )
    }
}
