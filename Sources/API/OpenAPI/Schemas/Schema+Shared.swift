extension Schema {
    typealias Named = (name: String, schema: Schema)

    /// What both roles speak of.
    static let shared: [Named] = [
        ("Problem", problem),
        ("Issue", issue),
        ("Command", command),
        ("Token", token),
        ("NewCommand", newCommand),
        ("NewToken", newToken),
        ("Readiness", readiness),
    ]

    /// A page of a list.
    static func page(of items: Schema) -> Schema {
        .object(
            [
                "items": .array(of: items, maximum: FieldLimits.pageItems.upperBound),
                "next": .string().described("The `after` of the next page; absent on the last one."),
            ],
            optional: ["next"]
        )
    }

    private static let problem = object(
        [
            "type": .string().format("uri-reference").described("The page that explains the code."),
            "title": .string().described("The same for every occurrence."),
            "status": .integer(400...599),
            "detail": .string().described("What happened and what to do next, in Korean or English."),
            "code": .enumeration(Problem.Code.allCases.map(\.rawValue)),
            "errors": .array(of: .reference("Issue"), maximum: FieldLimits.issues),
        ],
        optional: ["errors"]
    )
    .described("RFC 9457. Some codes bring further members: `id` of the message, `bot` that has the command.")

    private static let readiness = object([
        "status": .enumeration(["ready", "loading", "draining"]),
        "mongodb": object(
            [
                "connected": .boolean,
                "changes": .enumeration(["stream", "polling"]),
                "stale_since": .time,
                "problem": .string(),
            ],
            optional: ["stale_since", "problem"]
        ),
        "snapshot": object([
            "version": .integer(),
            "companies": .integer(),
            "bots": .integer(),
            "members": .integer(),
            "keys": .integer(),
        ]),
    ])

    private static let issue = object(
        [
            "pointer": .string().described("JSON Pointer into the request's body."),
            "parameter": .string().described("A query parameter."),
            "token": .string().orNull.described("The key of a token; null for what belongs to none."),
            "code": .string(),
            "detail": .string(),
        ],
        optional: ["pointer", "parameter", "token"]
    )
    .described("One thing that is wrong with a request. It has one of `pointer`, `parameter` and `token`.")
}
