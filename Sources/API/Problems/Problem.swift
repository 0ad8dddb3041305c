public import BSON

/// What went wrong, as the outside sees it: one row of the catalogue and the values that fill it (RFC 9457).
///
/// It holds no sentence yet: those are chosen when it is written for somebody, by the language that they read. So a
/// problem can be stored with a message and be read in either language later.
public struct Problem: Error, Sendable, Hashable {
    public let code: Code
    /// Values for the `{placeholders}` of the row's detail.
    public var arguments: [String: String]
    /// What is wrong with which part of the request; `errors` on the wire.
    public var issues: [Issue]
    /// Further members of the object on the wire, as they are: `id`, `usage`, `bot`.
    public var members: JSON.Object
    /// Sent as `Retry-After` when there is one.
    public var retryAfterSeconds: Int?

    public init(
        _ code: Code,
        _ arguments: [String: String] = [:],
        issues: [Issue] = [],
        members: JSON.Object = [:],
        retryAfterSeconds: Int? = nil
    ) {
        self.code = code
        self.arguments = arguments
        self.issues = issues
        self.members = members
        self.retryAfterSeconds = retryAfterSeconds
    }

    /// One thing that is wrong with one field of a request body or one token of a message.
    public struct Issue: Sendable, Hashable {
        public enum Place: Sendable, Hashable {
            /// A JSON Pointer into the request's body (RFC 6901); empty for the whole body.
            case field(pointer: String)
            /// A query parameter.
            case parameter(String)
            /// The key of a token; nil for what belongs to none, such as a surplus word.
            case token(key: String?)
        }

        public let place: Place
        public let reason: Reason
        /// Values for the `{placeholders}` of the reason's text.
        public let arguments: [String: String]

        public init(_ place: Place, _ reason: Reason, _ arguments: [String: String] = [:]) {
            self.place = place
            self.reason = reason
            self.arguments = arguments
        }
    }
}
