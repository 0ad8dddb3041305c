extension Operation {
    static let bots: [Operation] = [
        Operation(
            method: .post,
            path: "/v1/companies/{domain}/bots",
            id: "createBot",
            tag: .bots,
            summary: "Register a bot",
            body: Body(schema: .reference("NewBot")),
            answers: [.json(201, "The bot with its first key.", .reference("BotWithKey"), hasLocation: true)],
            problems: [.notFound, .commandTaken]
        ),
        Operation(
            method: .get,
            path: "/v1/companies/{domain}/bots",
            id: "listBots",
            tag: .bots,
            summary: "List a company's bots by id",
            query: Parameter.paging,
            answers: [.json(200, "A page of bots.", .page(of: .reference("Bot")))],
            problems: [.notFound]
        ),
        Operation(
            method: .get,
            path: "/v1/bots/{id}",
            id: "getBot",
            tag: .bots,
            summary: "Show a bot",
            answers: [.json(200, "The bot.", .reference("Bot"))],
            problems: [.notFound]
        ),
        Operation(
            method: .patch,
            path: "/v1/bots/{id}",
            id: "updateBot",
            tag: .bots,
            summary: "Change a bot",
            detail: patchNote
                + " In `delivery` a new `url` may stand alone. A bot that becomes a webhook gets a signing"
                + " secret that nobody has seen: ask for one with `POST /v1/bots/{id}/webhook_secret`.",
            body: Body(schema: .reference("BotPatch"), isPatch: true),
            answers: [.json(200, "The bot as it is now.", .reference("Bot"))],
            problems: [.notFound, .commandTaken]
        ),
        Operation(
            method: .delete,
            path: "/v1/bots/{id}",
            id: "deleteBot",
            tag: .bots,
            summary: "Delete a bot",
            detail: "Its keys stop working. " + deleteNote,
            answers: [.gone]
        ),
        Operation(
            method: .post,
            path: "/v1/bots/{id}/webhook_secret",
            id: "rotateWebhookSecret",
            tag: .bots,
            summary: "Make a new signing secret for a webhook",
            detail: "The secret before it signs as well during the overlap.",
            body: Body(schema: .reference("NewWebhookSecret"), isRequired: false),
            answers: [.json(201, "The new secret.", .reference("WebhookSecret"))],
            problems: [.notFound, .notAWebhook]
        ),
    ]
}
