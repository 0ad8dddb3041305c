/// Why one field or token is not accepted: a code for programs and a sentence in each language for people.
public struct Reason: Sendable, Hashable {
    /// Snake case, unique over all reasons.
    public let code: String
    /// A sentence with `{placeholders}`.
    public let korean: String
    public let english: String

    init(_ code: String, korean: String, english: String) {
        self.code = code
        self.korean = korean
        self.english = english
    }

    public static func == (left: Reason, right: Reason) -> Bool { left.code == right.code }
    public func hash(into hasher: inout Hasher) { hasher.combine(code) }
}
