import API
import BSON
import Directory

/// What a bot says to end a message.
enum Answer: Sendable {
    /// `{text, …}`
    case reply(JSON.Object)
    /// It failed, and this is what it says of it.
    case error(text: String)
}

extension Message {
    /// Ends the message with its bot's answer.
    mutating func take(_ answer: Answer, at now: Instant) {
        switch answer {
        case .reply(let reply): complete(reply, at: now)
        case .error(let text):
            let problem = Problem(
                .botError,
                ["bot": bot?.name ?? "", "why": text],
                members: ["reason": "reported", "text": .string(text)]
            )
            fail(problem, at: now)
        }
    }
}
