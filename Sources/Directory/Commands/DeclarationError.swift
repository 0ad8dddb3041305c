/// One thing that is wrong with a declaration of commands.
public struct DeclarationError: Sendable, Hashable {
    /// Where: a JSON Pointer (RFC 6901) into the list of commands, `/0/tokens/2/values/1`; empty for the list itself.
    public let path: String
    public let reason: Reason

    public enum Reason: Sendable, Hashable {
        /// Nothing but white space.
        case empty
        /// More Unicode scalars than this.
        case tooLong(maximum: Int)
        /// More elements than this.
        case tooMany(maximum: Int)
        /// Characters that cannot stand here: in a key all but letters, marks, digits, `_` and `-`; elsewhere controls.
        case forbiddenCharacters
        /// The name of the command.
        case name(CommandName.Invalid)
        /// The same as an earlier one, that of this path. Values are compared blind to case and spacing.
        case duplicate(first: String)
        /// A choice without values.
        case valuesMissing
        /// Values, or available ones, of a token that is no choice.
        case onlyForChoice
        /// An available value that is not among the values.
        case notAValue
        /// A required token behind an optional one, that of this key.
        case requiredAfterOptional(key: String)
    }
}

/// Why a declaration is not accepted: everything that is wrong with it, up to a hundred things, in reading order.
public struct InvalidDeclaration: Error, Sendable, Hashable {
    public let errors: [DeclarationError]
}
