import BSON
import Foundation
import Logging

/// One log record as a line of text.
struct LogLine {
    let date: Date
    let level: Logger.Level
    let message: String
    /// Of the logger, the task and the call together; the call's wins.
    let metadata: Logger.Metadata

    /// For people: `2026-11-24T05:12:33.123Z info  the server listens  address=127.0.0.1:8080`.
    ///
    /// A value with blanks, quotes or control characters is quoted as in JSON, so that one record is always one line.
    var text: String {
        var line = "\(time) \(level.rawValue.padding(toLength: 8, withPad: " ", startingAt: 0)) "
        line += TerminalText.safe(message)
        for (key, value) in metadata.sorted(by: { $0.key < $1.key }) {
            line += " \(TerminalText.safe(key))=\(Self.plain("\(value)"))"
        }
        return line
    }

    /// For machines: an object with `time`, `level`, `message` and the metadata under their own names. Metadata that is
    /// called like one of the three is kept under its name with an underscore.
    var json: String {
        var object: JSON.Object = [:]
        object["time"] = .string(time)
        object["level"] = .string(level.rawValue)
        object["message"] = .string(message)
        for (key, value) in metadata.sorted(by: { $0.key < $1.key }) {
            object[Self.reserved.contains(key) ? "\(key)_" : key] = Self.json(value)
        }
        return JSON.object(object).text
    }

    private static let reserved: Set = ["time", "level", "message"]

    private var time: String {
        date.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    }

    private static func plain(_ value: String) -> String {
        let isPlain = !value.isEmpty && value.unicodeScalars.allSatisfy { $0 != " " && $0 != "\"" && $0 != "=" }
        return isPlain && TerminalText.safe(value) == value ? value : JSON.string(value).text
    }

    private static func json(_ value: Logger.MetadataValue) -> JSON {
        switch value {
        case .string(let text): .string(text)
        case .stringConvertible(let value): .string(value.description)
        case .array(let values): .array(values.map(json))
        case .dictionary(let values):
            .object(
                values.sorted { $0.key < $1.key }
                    .reduce(into: [:]) { object, field in object[field.key] = json(field.value) }
            )
        @unknown default: .string("\(value)")
        }
    }
}
