/// What a bot declares: a name that members type, and the tokens that follow it.
public struct Command: Sendable, Hashable {
    public let name: CommandName
    /// At most 500 characters.
    public let description: String?
    /// In the order they are typed, at most 20; optional ones stand last.
    public let tokens: [Token]

    public init(name: CommandName, description: String? = nil, tokens: [Token] = []) {
        self.name = name
        self.description = description
        self.tokens = tokens
    }
}

/// One argument of a command.
public struct Token: Sendable, Hashable {
    /// 1 to 64 characters, unique in its command.
    public let key: String
    /// What people see, 1 to 100 characters.
    public let label: String
    public let type: TokenType
    /// The values of a `choice`, 1 to 200 of 1 to 100 characters each; empty for other types.
    public let values: [String]
    /// Which of `values` fit now. It guides whoever types and forbids nothing. Nil when the bot did not say.
    public let available: [String]?
    public let required: Bool

    public init(
        key: String,
        label: String,
        type: TokenType,
        values: [String] = [],
        available: [String]? = nil,
        required: Bool = true
    ) {
        self.key = key
        self.label = label
        self.type = type
        self.values = values
        self.available = available
        self.required = required
    }
}

/// The type of a token; the raw value is its name on the wire and in MongoDB.
public enum TokenType: String, Sendable, CaseIterable {
    case text
    case choice
    case number
    case date
    case timeRange = "time_range"
    case member
}
