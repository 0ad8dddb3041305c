import Directory

/// How a command is written, for people.
enum Usage {
    /// The most values of a choice that are shown.
    private static let maximumValues = 10

    /// The command's name and its tokens by label, optional ones in brackets:
    /// `/예약 회의실 <시간> [회의실: S1 | S2 | 대 회의실]`.
    static func line(for command: Command) -> String {
        var line = command.name.text
        for token in command.tokens {
            line += token.required ? " <\(parts(of: token))>" : " [\(parts(of: token))]"
        }
        return line
    }

    private static func parts(of token: Token) -> String {
        guard token.type == .choice else { return token.label }
        let values = token.values.prefix(maximumValues).joined(separator: " | ")
        return "\(token.label): \(values)\(token.values.count > maximumValues ? " | …" : "")"
    }
}
