extension Operation {
    static let me: [Operation] = [
        Operation(
            method: .get,
            path: "/v1/me",
            id: "getMe",
            tag: .me,
            summary: "Show whose key this is",
            key: .any,
            answers: [.json(200, "The caller.", .reference("Me"))],
            needsStorage: false
        ),
        Operation(
            method: .get,
            path: "/v1/me/bots",
            id: "listMyBots",
            tag: .me,
            summary: "List the bots of the caller's company, with their commands",
            key: .member,
            query: Parameter.paging,
            answers: [.json(200, "A page of bots.", .page(of: .reference("MyBot")))],
            needsStorage: false
        ),
        Operation(
            method: .get,
            path: "/v1/me/members",
            id: "listColleagues",
            tag: .me,
            summary: "Find colleagues by name",
            key: .member,
            query: [Parameter(name: "query", schema: .string(), detail: "A part of the name or e-mail address.")]
                + Parameter.paging,
            answers: [.json(200, "A page of members.", .page(of: .reference("Colleague")))],
            needsStorage: false
        ),
        Operation(
            method: .get,
            path: "/v1/me/complete",
            id: "completeText",
            tag: .me,
            summary: "Find what can follow a text typed so far",
            detail: """
                The commands whose names go on from the text, or the values of the token at its end. The bot is asked which \
                fit now; what it does not answer within 300 milliseconds is taken from what it said last.
                """,
            key: .member,
            query: [
                Parameter(
                    name: "text",
                    schema: .string(maximum: FieldLimits.messageCharacters),
                    detail: "What is typed, up to the cursor."
                ),
                Parameter(name: "bot", schema: .string(), detail: "Only this bot's commands (its id or name)."),
            ],
            answers: [.json(200, "What fits.", .reference("Completion"))],
            needsStorage: false
        ),
        Operation(
            method: .get,
            path: "/v1/me/events",
            id: "followEvents",
            tag: .me,
            summary: "Follow what happens to the caller's messages and bots",
            detail: """
                Server-sent events. `message` carries the message whenever it changes, `presence` a bot's presence \
                (`{bot, presence}`), `available` the values of a token that can be taken now (`{bot, command, token, values}`), \
                `bots` the ids of bots that are new, gone or declare other commands (`{bots}`). `reset` says that events were \
                missed: read everything anew.
                """,
            key: .member,
            headers: [
                Parameter(
                    name: "Last-Event-ID",
                    schema: .string(),
                    detail: "The id of the last event that came: what was missed since is sent first."
                )
            ],
            answers: [
                Answer(status: 200, detail: "The stream.", content: ("text/event-stream", .string()))
            ],
            needsStorage: false
        ),
        Operation(
            method: .get,
            path: "/v1/me/socket",
            id: "openSocket",
            tag: .me,
            summary: "Open the bot's socket",
            detail: """
                A WebSocket (RFC 6455) of JSON texts, one frame an object with a `type`. It has to be the first request of \
                its connection.
                """,
            key: .bot,
            answers: [.empty(101, "The socket is open; the relay says `hello`.")],
            problems: [.upgradeRequired, .notASocket, .botBusy],
            needsStorage: false
        ),
        Operation(
            method: .put,
            path: "/v1/me/commands",
            id: "declareCommands",
            tag: .me,
            summary: "Declare the bot's commands",
            detail: "The declaration replaces the one before, whole and atomically.",
            key: .bot,
            body: Body(schema: .reference("Declaration")),
            answers: [
                .json(200, "The commands as they are now.", .object(["commands": .array(of: .reference("Command"))]))
            ],
            problems: [.notFound, .commandTaken]
        ),
    ]
}
