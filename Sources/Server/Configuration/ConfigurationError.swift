/// Everything that is wrong with a configuration at once, so that an operator corrects it in one go.
public struct ConfigurationError: Error, Sendable, Equatable, CustomStringConvertible {
    /// One sentence each, naming the variable, its value unless that is secret, and what is accepted.
    public let problems: [String]

    init(_ problems: [String]) {
        self.problems = problems
    }

    public var description: String { problems.joined(separator: "\n") }
}
