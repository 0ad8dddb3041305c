public import API
public import BSON
import Directory

extension Message {
    /// The message as its sender gets it: `{id, status, text, bot, command, tokens, progress?, reply?, problem?,
    /// created_at, completed_at?}`, its problem in the reader's language.
    public func body(in language: Language) -> JSON.Object {
        var body: JSON.Object = [:]
        body.append("id", .string(id.description))
        body.append("status", .string(status.rawValue))
        body.append("text", .string(text))
        body.append("bot", bot.map { .string($0.id.text) } ?? .null)
        body.append("command", command.map { .string($0) } ?? .null)
        body.append("tokens", .object(tokens))
        if let progress { body.append("progress", .string(progress)) }
        if let reply { body.append("reply", .object(reply)) }
        if let problem { body.append("problem", .object(problem.body(in: language))) }
        body.append("created_at", .string(createdAt.rfc3339))
        if let completedAt { body.append("completed_at", .string(completedAt.rfc3339)) }
        return body
    }
}
