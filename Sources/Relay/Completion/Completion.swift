import API
public import BSON
import Directory

/// What can follow a text typed so far.
public struct Completion: Sendable {
    let text: String
    /// Commands whose names go on from the text.
    let commands: [SnapshotRoute]
    /// Where the cursor stands when it is at a token.
    let place: CompletionReader.Place?
    /// Values of that token, those that can be taken now first.
    let values: [Value]

    struct Value: Sendable {
        let text: String
        /// Whether it can be taken now, as far as the bot says.
        let isAvailable: Bool
    }

    /// `{text, commands: [{name, description, usage, bot, text}], bot, command, tokens, token, values: [{value, available,
    /// text}]}`. The `text` of an entry is the whole text once it is chosen.
    public var body: JSON.Object {
        [
            "text": .string(text),
            "commands": .array(commands.map { .object(Self.entry($0)) }),
            "bot": place.map { .string($0.route.bot.id) } ?? .null,
            "command": place.map { .string($0.route.command.name.text) } ?? .null,
            "tokens": .object(place?.values ?? [:]),
            "token": place.map { .object($0.token.resource) } ?? .null,
            "values": .array(values.map { .object(entry($0)) }),
        ]
    }

    private static func entry(_ route: SnapshotRoute) -> JSON.Object {
        [
            "name": .string(route.command.name.text),
            "description": route.command.description.map { .string($0) } ?? .null,
            "usage": .string(Usage.line(for: route.command)),
            "bot": ["id": .string(route.bot.id), "name": .string(route.bot.name)],
            "text": .string(route.command.name.text + (route.command.tokens.isEmpty ? "" : " ")),
        ]
    }

    private func entry(_ value: Value) -> JSON.Object {
        [
            "value": .string(value.text),
            "available": .bool(value.isAvailable),
            "text": .string((place?.before ?? "") + (place?.typed(value.text) ?? value.text)),
        ]
    }
}

extension CompletionReader.Place {
    /// More than anybody reads through.
    private static let maximumValues = 50

    /// The values that go on from what is typed, those that can be taken now first.
    ///
    /// - Parameters:
    ///   - available: as the bot says; nil when it says nothing, and then every value can be taken.
    ///   - colleagues: of a member's company.
    func values(available: [String]?, colleagues: [SnapshotMember]) -> [Completion.Value] {
        let candidates: [Completion.Value]
        switch token.type {
        case .choice:
            let free = available.map { Set($0.map { FoldedText($0).bytes }) }
            candidates = token.values.map { value in
                Completion.Value(text: value, isAvailable: free?.contains(FoldedText(value).bytes) ?? true)
            }
        case .member:
            let names = Dictionary(colleagues.map { ($0.name, 1) }, uniquingKeysWith: +)
            candidates = colleagues.map { colleague in
                let isOnly = names[colleague.name] == 1
                let address = isOnly ? "" : colleague.email.map { " <\($0)>" } ?? ""
                return Completion.Value(text: "@\(colleague.name)\(address)", isAvailable: true)
            }
        case .text, .number, .date, .timeRange:
            candidates = (available ?? []).map { Completion.Value(text: $0, isAvailable: true) }
        }
        let fitting = candidates.filter { fits($0.text) }
        return Array((fitting.filter(\.isAvailable) + fitting.filter { !$0.isAvailable }).prefix(Self.maximumValues))
    }

    /// A value as it is typed here: a text that is not the last token has quotes when it has several words.
    func typed(_ value: String) -> String {
        guard token.type == .text, route.command.tokens.last?.key != token.key, value.contains(where: \.isWhitespace)
        else { return value }
        return value.contains("\"") ? "'\(value)'" : "\"\(value)\""
    }

    /// Whether a value has what is typed at its beginning, or a word of it does.
    private func fits(_ value: String) -> Bool {
        if beginning.isEmpty { return true }
        if FoldedText(value).bytes.starts(with: beginning) { return true }
        let name = value.drop { $0 == "@" }
        return name.split(separator: " ").contains { FoldedText(String($0)).bytes.starts(with: beginning) }
    }
}
