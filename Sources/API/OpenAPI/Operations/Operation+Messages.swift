extension Operation {
    static let messages: [Operation] = [
        Operation(
            method: .post,
            path: "/v1/messages",
            id: "sendMessage",
            tag: .messages,
            summary: "Send a message to the bot whose command it names",
            key: .member,
            headers: [
                Parameter(
                    name: "Idempotency-Key",
                    schema: .string(maximum: 255, minimum: 1),
                    detail: "Makes a repeat harmless: the same key and body get the first answer again."
                )
            ],
            body: Body(schema: .reference("NewMessage")),
            answers: [
                .json(200, "The message with its reply.", .reference("Message")),
                .json(202, "The bot is still at it; the message shows the reply later.", .reference("Message")),
            ],
            problems: [
                .unknownCommand, .invalidTokens, .botOffline, .botBusy, .botError, .botTimeout, .rateLimited,
                .idempotencyConflict, .idempotencyKeyReused,
            ],
            needsStorage: false
        ),
        Operation(
            method: .get,
            path: "/v1/messages",
            id: "listMessages",
            tag: .messages,
            summary: "List the caller's messages, the newest first",
            key: .member,
            query: [
                Parameter(name: "bot", schema: .string(), detail: "Only messages to this bot (its id)."),
                Parameter(name: "before", schema: .string(), detail: "Only messages older than this one (its id)."),
                Parameter.limit,
                Parameter(
                    name: "after",
                    schema: .string(maximum: FieldLimits.domainBytes),
                    detail: "The `next` of the page before; or the id of a message, for newer ones, the oldest first."
                ),
            ],
            answers: [.json(200, "A page of messages.", .page(of: .reference("Message")))]
        ),
        Operation(
            method: .get,
            path: "/v1/messages/{id}",
            id: "getMessage",
            tag: .messages,
            summary: "Show a message",
            key: .member,
            answers: [.json(200, "The message.", .reference("Message"))],
            problems: [.notFound]
        ),
        Operation(
            method: .post,
            path: "/v1/messages/{id}/reply",
            id: "replyToMessage",
            tag: .messages,
            summary: "Reply to a message that was answered with “later”",
            key: .bot,
            body: Body(schema: .reference("Reply")),
            answers: [.empty(204, "The reply is on its way to the member.")],
            problems: [.notFound, .alreadyAnswered, .replyTooLate]
        ),
    ]
}
