import Directory

extension Schema {
    static let me: [Named] = [
        ("Me", myself),
        ("MyBot", myBot),
        ("Colleague", colleague),
        ("Declaration", declaration),
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

    private static let declaration = object(["commands": Field.commands.schema], isClosed: true)
}
