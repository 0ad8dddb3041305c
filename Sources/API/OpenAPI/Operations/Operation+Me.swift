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
