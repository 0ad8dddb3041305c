import BSON

extension Schema {
    static let bots: [Named] = [
        ("Bot", bot),
        ("NewBot", newBot),
        ("BotPatch", botPatch),
        ("BotWithKey", botWithKey),
        ("Delivery", delivery),
    ]

    private static let bot = object([
        "id": .string(),
        "company": .string(),
        "name": Field.name.schema,
        "description": Field.description.schema.orNull,
        "commands": .array(of: .reference("Command")),
        "delivery": .reference("Delivery"),
        "metadata": Field.metadata.schema,
        "presence": Schema.presence.orNull.described("Null where this process is no relay."),
        "created_at": .time,
    ])
    .described(unknownFieldsNote)

    private static let newBot = object(
        [
            "name": Field.name.schema,
            "description": Field.description.schema.orNull,
            "commands": Field.commands.schema.orNull,
            "delivery": Field.delivery.schema.orNull,
            "metadata": Field.metadata.schema.orNull,
        ],
        optional: ["description", "commands", "delivery", "metadata"],
        isClosed: true
    )

    private static let botPatch = object(
        [
            "name": Field.name.schema,
            "description": Field.description.schema.orNull,
            "commands": Field.commands.schema,
            "delivery": Field.deliveryPatch.schema,
            "metadata": Field.metadata.schema,
        ],
        optional: ["name", "description", "commands", "delivery", "metadata"],
        isClosed: true
    )

    private static let botWithKey = object(
        [
            "bot": .reference("Bot"),
            "key": .reference("IssuedKey"),
            "webhook_secret": .string().described("`whsec_` and base64; only for a webhook. It is shown this once."),
        ],
        optional: ["webhook_secret"]
    )

    private static let delivery = oneOf(
        .object(["type": .string().always("socket")], isClosed: true),
        .object(["type": .string().always("webhook"), "url": Field.webhookURL.schema], isClosed: true)
    )
    .described("How the bot is reached: it dials out and keeps a socket, or the relay calls its URL.")

    /// Whether a bot can be reached.
    static let presence = object(
        [
            "online": .boolean,
            "connections": .integer(),
            "since": .time.orNull,
            "last_seen": .time.orNull,
            "reason": .string().described("Why it is not online."),
        ],
        optional: ["reason"]
    )
}
