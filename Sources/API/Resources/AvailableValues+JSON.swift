public import BSON
public import Directory

/// Which values of a token can be taken now, as its bot says over its socket. It guides whoever types and forbids nothing.
public struct AvailableValues: Sendable, Hashable {
    /// The declared name of the command.
    public let command: String
    /// The key of the token.
    public let token: String
    /// In the bot's order; those of a choice are declared values.
    public let values: [String]

    /// Reads the fields of an `available` frame: `{command, token, values}`.
    ///
    /// - Parameter bot: whose frame it is; nil when it is gone.
    /// - Throws: `invalid_fields` for a command or token that the bot does not declare, and for values that a choice has not.
    public init(_ frame: JSON.Object, of bot: SnapshotBot?) throws(Problem) {
        var fields = FieldReader(frame)
        let name = fields.required("command", .text)
        let key = fields.required("token", .text)
        let values = fields.required("values", .list(of: .text))
        let command = bot?.commands.first { $0.name.text == name.normalizedC }
        let token = command?.tokens.first { $0.key == key.normalizedC }
        if command == nil {
            fields.refuse("command", .notDeclared)
        } else if token == nil {
            fields.refuse("token", .notDeclared)
        }
        var taken: [String] = []
        for value in values.prefix(DeclarationLimits.values) {
            guard let token, token.type == .choice else {
                taken.append(value)
                continue
            }
            let folded = value.choiceFolded
            if let declared = token.values.first(where: { $0.choiceFolded == folded }) {
                taken.append(declared)
            } else {
                fields.refuse("values", .notAValue)
            }
        }
        if values.count > DeclarationLimits.values {
            fields.refuse("values", .tooMany, ["maximum": "\(DeclarationLimits.values)"])
        }
        try fields.finish()
        self.command = command?.name.text ?? name
        self.token = token?.key ?? key
        self.values = taken
    }
}
