import BSON

/// A resource for people: one line for each field, in the server's order, fields unknown to us among them.
enum ResourceText {
    /// `name        Example`
    static func lines(_ resource: JSON.Object) -> [String] {
        var table: [(label: String, values: [String])] = []
        for (key, value) in resource {
            let values = key == "commands" ? commands(value) : [text(value)]
            table.append((label(key), values.isEmpty ? ["–"] : values))
        }
        let width = (table.map { TerminalText.width($0.label) }.max() ?? 0) + 2
        return table.flatMap { label, values in
            values.enumerated()
                .map { index, value in
                    let label = index == 0 ? label : ""
                    return label + String(repeating: " ", count: width - TerminalText.width(label)) + value
                }
        }
    }

    /// A field's value on one line; a dash for what is null or absent.
    static func text(_ value: JSON?) -> String {
        switch value {
        case nil, .null?: "–"
        case .string(let text)?: TerminalText.safe(text)
        case .object(let object)?:
            object.isEmpty ? "–" : delivery(object) ?? TerminalText.safe(JSON.object(object).text)
        case let value?: TerminalText.safe(value.text)
        }
    }

    /// How a bot's presence is told in a table.
    static func presence(_ value: JSON?) -> String {
        guard let presence = value?.object, let isOnline = presence["online"]?.bool else { return "–" }
        if isOnline { return "online" }
        return presence["reason"]?.string.map { "offline (\(TerminalText.safe($0)))" } ?? "offline"
    }

    /// A command as members type it: `/예약 회의실 <시간> [회의실]`, optional tokens in brackets.
    static func usage(_ command: JSON.Object) -> String {
        let tokens = (command["tokens"]?.array ?? []).compactMap(\.object)
            .map { token in
                let label = token["label"]?.string ?? token["key"]?.string ?? "?"
                return token["required"]?.bool == false ? "[\(label)]" : "<\(label)>"
            }
        return TerminalText.safe(([command["name"]?.string ?? "?"] + tokens).joined(separator: " "))
    }

    private static func commands(_ value: JSON) -> [String] {
        (value.array ?? []).compactMap(\.object).map(usage)
    }

    private static func delivery(_ object: JSON.Object) -> String? {
        guard let type = object["type"]?.string, object.count <= 2 else { return nil }
        if object.count == 1 { return TerminalText.safe(type) }
        return object["url"]?.string.map { TerminalText.safe("\(type) \($0)") }
    }

    private static func label(_ key: String) -> String {
        TerminalText.safe(key.replacing("_", with: " "))
    }
}
