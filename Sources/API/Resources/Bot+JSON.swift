public import BSON
public import Directory

extension Bot {
    /// The bot as the API shows it. Fields of the stored document that hiworker does not know follow as they are.
    ///
    /// - Parameter presence: Whether it can be reached; nil where this process is no relay and cannot know.
    public func resource(presence: JSON? = nil) -> JSON.Object {
        var resource: JSON.Object = [
            "id": .string(id),
            "company": .string(company),
            "name": .string(name),
            "description": description.map { .string($0) } ?? .null,
            "commands": .array(commands.map { .object($0.resource) }),
            "delivery": .object(delivery.resource),
            "metadata": .object(metadata),
            "presence": presence ?? .null,
            "created_at": .string(createdAt.rfc3339),
        ]
        resource.append(unknown: unknownFields)
        return resource
    }
}

extension NewBot {
    /// Reads the body of `POST /v1/companies/{domain}/bots`. Throws `invalid_fields`.
    public init(body: JSON.Object) throws(Problem) {
        var fields = FieldReader(body)
        self.init(
            name: fields.required("name", .name),
            description: fields.optional("description", .description),
            commands: fields.optional("commands", .commands) ?? [],
            delivery: fields.optional("delivery", .delivery) ?? .socket,
            metadata: fields.optional("metadata", .metadata) ?? [:]
        )
        try fields.finish()
    }
}

extension BotPatch {
    /// Reads the body of `PATCH /v1/bots/{id}`. Throws `invalid_fields`.
    public init(body: JSON.Object) throws(Problem) {
        var fields = FieldReader(body)
        self.init()
        fields.fixed("id", "company", "presence", "created_at")
        name = fields.changed("name", .name)
        description = fields.removable("description", .description)
        commands = fields.changed("commands", .commands)
        delivery = fields.changed("delivery", .deliveryPatch)
        metadata = fields.changed("metadata", .metadata)
        try fields.finish()
    }
}
