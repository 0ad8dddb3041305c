import BSON
import Directory

extension Schema {
    /// A command as it is shown.
    static let command = object([
        "name": .string(),
        "description": .string().orNull,
        "tokens": .array(of: .reference("Token")),
    ])

    static let token = object(
        [
            "key": .string(),
            "label": .string(),
            "type": .enumeration(TokenType.allCases.map(\.rawValue)),
            "values": .array(of: .string()).described("Of a choice."),
            "available": .array(of: .string()).described("Which of the values fit now."),
            "required": .boolean,
        ],
        optional: ["values", "available"]
    )

    /// A command as it is declared.
    static let newCommand = object(
        [
            "name": .string()
                .described(
                    "One to \(CommandName.maximumWords) words, the first starting with a slash, each of at most"
                        + " \(CommandName.maximumWordLength) letters, digits, `_` and `-`. Unique in the company."
                ),
            "description": .string(maximum: DeclarationLimits.descriptionCharacters).orNull,
            "tokens": .array(of: .reference("NewToken"), maximum: DeclarationLimits.tokens)
                .described("In the order in which they are typed; optional ones stand last."),
        ],
        optional: ["description", "tokens"],
        isClosed: true
    )

    static let newToken = object(
        [
            "key": .string(maximum: DeclarationLimits.keyCharacters, minimum: 1)
                .described("Letters, digits, `_` and `-`; unique in the command."),
            "label": .string(maximum: DeclarationLimits.labelCharacters, minimum: 1).described("What people see."),
            "type": .enumeration(TokenType.allCases.map(\.rawValue)),
            "values": .array(of: value, maximum: DeclarationLimits.values).orNull
                .described("Of a choice, at least one and no two alike but for case and spacing."),
            "available": .array(of: value, maximum: DeclarationLimits.values).orNull
                .described("Which of the values fit now; it guides and forbids nothing."),
            "required": .boolean.orNull.byDefault(true),
        ],
        optional: ["values", "available", "required"],
        isClosed: true
    )

    private static let value = string(maximum: DeclarationLimits.valueCharacters, minimum: 1)
}
