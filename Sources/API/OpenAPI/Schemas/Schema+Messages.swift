import BSON

extension Schema {
    static let messages: [Named] = [
        ("Message", message),
        ("NewMessage", newMessage),
        ("Reply", reply),
    ]

    private static let message = object(
        [
            "id": .string(),
            "status": .enumeration(["running", "completed", "failed"]),
            "text": .string().described("As typed."),
            "bot": .string().orNull
                .described("The id of the bot; null when no command was found or the relay answered."),
            "command": .string().orNull,
            "tokens": .object([:]).described("The tokens' values by key."),
            "progress": .string().described("What the bot says while it is at it."),
            "reply": .reference("Reply"),
            "problem": .reference("Problem"),
            "created_at": .time,
            "completed_at": .time,
        ],
        optional: ["progress", "reply", "problem", "completed_at"]
    )

    private static let newMessage = object(
        [
            "text": Field.messageText.schema,
            "bot": Field.botName.schema.orNull,
            "wait_seconds": Field.wait.schema.orNull.byDefault(.integer(Int64(FieldLimits.defaultWaitSeconds))),
        ],
        optional: ["bot", "wait_seconds"],
        isClosed: true
    )

    private static let reply = object(["text": Field.replyText.schema])
        .described("What the bot answers. Members other than `text` reach the client as they are.")
}
