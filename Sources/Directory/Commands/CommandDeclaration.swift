/// A command as a bot or an administrator says it, unchecked. ``validate(_:)`` makes a ``Command`` of it.
public struct CommandDeclaration: Sendable, Hashable {
    public var name: String
    public var description: String?
    public var tokens: [TokenDeclaration]

    public init(name: String, description: String? = nil, tokens: [TokenDeclaration] = []) {
        self.name = name
        self.description = description
        self.tokens = tokens
    }
}

/// One argument of a ``CommandDeclaration``, unchecked.
public struct TokenDeclaration: Sendable, Hashable {
    public var key: String
    public var label: String
    public var type: TokenType
    public var values: [String]?
    public var available: [String]?
    public var required: Bool

    public init(
        key: String,
        label: String,
        type: TokenType,
        values: [String]? = nil,
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

/// The bounds of a bot's declaration. Characters are Unicode scalars.
public enum DeclarationLimits {
    /// As many as fit a list that a person reads.
    public static let commands = 100
    public static let tokens = 20
    /// Values of one choice.
    public static let values = 200
    public static let keyCharacters = 64
    public static let labelCharacters = 100
    public static let valueCharacters = 100
    public static let descriptionCharacters = 500
    /// How many faults of one declaration are looked for; the rest would drown the reader.
    static let faults = 100
}
