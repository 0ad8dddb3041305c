import Configuration
import Foundation

/// Reads settings one by one and remembers what is wrong with them, so that all of it can be told at once.
struct SettingReader {
    private let reader: ConfigReader
    private(set) var problems: [String] = []

    init(_ reader: ConfigReader) {
        self.reader = reader
    }

    /// The text of a setting without white space around; nil when it is unset.
    func text(_ setting: Setting) -> String? {
        let text = reader.string(forKey: setting.key, isSecret: setting.isSecret)?
            .trimmingCharacters(in: .whitespacesAndNewlines)
        return text?.isEmpty == false ? text : nil
    }

    /// The value that `parse` makes of the text; nil when it is unset, and when it is refused, which is remembered.
    mutating func value<Value>(_ setting: Setting, _ parse: (String) -> Value?) -> Value? {
        guard let text = text(setting) else { return nil }
        if let value = parse(text) { return value }
        refuse(setting, text)
        return nil
    }

    /// A whole number in decimal digits.
    mutating func integer(_ setting: Setting, in range: ClosedRange<Int>) -> Int? {
        value(setting) { text in Int(text).flatMap { range.contains($0) ? $0 : nil } }
    }

    /// One of an enumeration's names.
    mutating func name<Value: RawRepresentable<String>>(_ setting: Setting, of type: Value.Type) -> Value? {
        value(setting) { Value(rawValue: $0) }
    }

    /// Remembers that a text is not what the setting accepts; `because` says more.
    mutating func refuse(_ setting: Setting, _ text: String, because reason: String? = nil) {
        let shown = setting.isSecret ? "not acceptable" : "‘\(text)’"
        let reason = reason.map { " (\($0))" } ?? ""
        problems.append(
            "\(setting.variable) (or --\(setting.flag)) is \(shown)\(reason); it must be \(setting.accepts)."
        )
    }

    /// Remembers a problem between settings.
    mutating func refuse(_ problem: String) {
        problems.append(problem)
    }
}
