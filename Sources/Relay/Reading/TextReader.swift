import API
import BSON
import Directory

/// Reads the texts of one company's members: which command they begin with, and the values behind it.
///
/// ```
/// String ─ NFC, words ─► TypedText ─ longest declared name ─► route ─ values in order ─► Reading
///                                             │                              │
///                                      unknown_command                invalid_tokens
/// ```
///
/// It knows nothing that is not handed to it and changes nothing. Reading is linear in the length of the text, whatever
/// stands in it; the caller bounds that length.
struct TextReader {
    let directory: any CommandDirectory
    /// The company's, by IANA identifier: in it `내일` and a date without a year are read.
    let timeZone: String
    let now: Instant

    /// Reads a text.
    ///
    /// - Parameters:
    ///   - text: What the member typed.
    ///   - bot: The id or name of the bot whose commands count; nil for all of the company. `@name ` before the command
    ///     does the same.
    /// - Throws: `unknown_command`, with similar commands as `suggestions` when there are any; or `invalid_tokens`, with
    ///   an issue for every token that is wrong, the `command`, its `bot` and the `usage`.
    func read(_ text: TypedText, bot: String? = nil) throws(Problem) -> Reading {
        let command = try command(of: text, bot: bot)
        return Reading(route: command.route, tokens: try tokens(of: text, behind: command))
    }

    /// The values behind the command of a text: the second half of ``read(_:bot:)``, for whoever wants to know the
    /// command of a text with invalid tokens.
    func tokens(of text: TypedText, behind match: CommandMatch) throws(Problem) -> JSON.Object {
        let (command, bot) = (match.route.command, match.route.bot)
        let matcher = TokenMatcher(
            text: text,
            firstWord: match.end,
            tokens: command.tokens,
            today: { Day(of: now, in: timeZone) },
            directory: directory
        )
        if let tokens = matcher.match() { return tokens }
        let usage = Usage.line(for: command)
        throw Problem(
            .invalidTokens,
            ["usage": usage],
            issues: matcher.issues(),
            members: [
                "usage": .string(usage), "command": .string(command.name.text),
                "bot": ["id": .string(bot.id), "name": .string(bot.name)],
            ]
        )
    }
}
