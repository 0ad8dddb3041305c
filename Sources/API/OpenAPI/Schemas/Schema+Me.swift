import Directory

extension Schema {
    static let me: [Named] = [
        ("Me", myself),
        ("MyBot", myBot),
        ("Colleague", colleague),
        ("Declaration", declaration),
        ("Completion", completion),
    ]

    private static let myself = object(
        [
            "kind": .enumeration(KeyKind.allCases.map(\.rawValue)),
            "id": .string().described("Of the bot or member."),
            "name": .string().described("Of the bot or member."),
            "company": .string().described("Absent for an admin key of the platform."),
            "key": .object(["id": .string(), "last4": .string(), "expires_at": .time], optional: ["expires_at"]),
        ],
        optional: ["id", "name", "company"]
    )

    private static let myBot = object([
        "id": .string(),
        "name": .string(),
        "description": .string().orNull,
        "commands": .array(of: .reference("Command")),
        "presence": presence,
    ])

    private static let colleague = object(["id": .string(), "name": .string(), "email": .string().orNull])

    private static let completion = object([
        "text": .string().described("As it was asked for."),
        "commands": .array(
            of: object([
                "name": .string(),
                "description": .string().orNull,
                "usage": .string(),
                "bot": object(["id": .string(), "name": .string()]),
                "text": .string().described("The text once this is chosen."),
            ])
        ),
        "bot": .string().orNull.described("The id of the bot whose command stands in the text."),
        "command": .string().orNull,
        "tokens": .object([:]).described("The values before the cursor, by key."),
        "token": Schema.reference("Token").orNull.described("The token at the cursor."),
        "values":
            .array(
                of: object([
                    "value": .string(),
                    "available": .boolean.described("Whether it can be taken now, as far as the bot says."),
                    "text": .string().described("The text once this is chosen."),
                ])
            )
            .described("Those that can be taken now first."),
    ])

    private static let declaration = object(["commands": Field.commands.schema], isClosed: true)
}
