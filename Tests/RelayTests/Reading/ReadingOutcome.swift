import API
import BSON
import Directory

@testable import Relay

/// What a reader made of a text, in the terms of the vectors.
enum ReadingOutcome: Hashable, Sendable {
    case read(command: String, tokens: JSON.Object)
    case refused(code: String, command: String?, errors: [Fault], suggestions: [String])

    struct Fault: Hashable, Sendable {
        let token: String?
        let code: String
    }

    /// Reads a text and says what came of it.
    init(of text: String, bot: String? = nil, _ reader: TextReader) {
        do throws(Problem) {
            let reading = try reader.read(TypedText(text), bot: bot)
            self = .read(command: reading.route.command.name.text, tokens: reading.tokens)
        } catch {
            self.init(error)
        }
    }

    init(_ problem: Problem) {
        self = .refused(
            code: problem.code.rawValue,
            command: problem.members["command"]?.string,
            errors: problem.issues.map { issue in
                guard case .token(let key) = issue.place else { return Fault(token: "?", code: issue.reason.code) }
                return Fault(token: key, code: issue.reason.code)
            },
            suggestions: problem.members["suggestions"]?.array?.compactMap(\.string) ?? []
        )
    }
}
