import API
import BSON
import Directory

/// Finds out what a member is typing: the name of a command, or a value of the token under the cursor.
///
/// ```
/// /예약 회        ─► command, typed "/예약 회"
/// /예약 회의실 10:00~11:00 대 회   ─► token `room`, typed "대 회", behind {time: 10:00~11:00}
/// ```
struct CompletionReader {
    let reader: TextReader
    let text: String
    private let typed: TypedText
    /// Whether the cursor stands behind white space: a new word begins.
    private let beginsWord: Bool

    /// Words of one value that are looked back at, at most: more than the values of most choices have.
    private static let maximumWords = 6

    init(_ text: String, _ reader: TextReader) {
        self.text = text
        self.reader = reader
        typed = TypedText(text)
        beginsWord = text.unicodeScalars.last.map { PlainForm($0.value) == .blank } ?? true
    }

    /// Where in its words the cursor stands.
    struct Place {
        /// The command whose token is typed.
        let route: SnapshotRoute
        let token: Token
        /// The values before it.
        let values: JSON.Object
        /// Its beginning, in the form in which spellings are equal; nothing yet when a word begins.
        let beginning: [UInt8]
        /// The text before it, as typed.
        let before: String
    }

    /// The commands whose names go on from what is typed, by name; those of one bot when the text or the caller names it.
    func routes(bot: String?) -> [SnapshotRoute] {
        let address = CommandAddress(typed)
        let wanted = BotFilter([bot, address.bot].compactMap { $0 })
        let beginning: [UInt8]
        if let start = address.command {
            beginning = FoldedText(typed.phrase(start..<typed.words.count).plain).bytes
            guard typed.words.count - start <= CommandName.maximumWords else { return [] }
        } else if typed.words.isEmpty {
            beginning = []
        } else {
            return []
        }
        return reader.directory.bots.filter(wanted.admits)
            .flatMap { bot in bot.commands.map { SnapshotRoute(command: $0, bot: bot) } }
            .filter { route in
                let name = FoldedText(route.command.name.text).bytes
                return name.starts(with: beginning) && (name.count > beginning.count || !beginsWord)
            }
            .sorted { $0.command.name.text < $1.command.name.text }
    }

    /// The token under the cursor; nil while the command is typed, and behind the last token.
    func place(bot: String?) -> Place? {
        guard let match = try? reader.command(of: typed, bot: bot) else { return nil }
        let end = typed.words.count
        // The name's last word may go on as long as no white space is behind it.
        guard match.end < end || beginsWord else { return nil }
        if beginsWord, let place = place(match, from: end) { return place }
        // The longest beginning that a value has; else the last word, whatever it is.
        let first = max(match.end, end - Self.maximumWords)
        for word in first..<max(end, first) {
            guard let place = place(match, from: word) else { continue }
            if place.isBeginningOfValue || word == end - 1 && !beginsWord { return place }
        }
        return nil
    }

    private func place(_ match: CommandMatch, from word: Int) -> Place? {
        let before = word < typed.words.count ? typed.words[word].place.lowerBound : typed.typed.count
        let prefix = String(decoding: typed.typed[..<before], as: UTF8.self)
        let matcher = TokenMatcher(
            text: TypedText(prefix),
            firstWord: match.end,
            tokens: match.route.command.tokens,
            today: { Day(of: reader.now, in: reader.timeZone) },
            directory: reader.directory,
            mayEndEarly: true
        )
        guard let values = matcher.match(), values.count < match.route.command.tokens.count else { return nil }
        let beginning =
            word < typed.words.count ? FoldedText(typed.phrase(word..<typed.words.count).plain).bytes : []
        return Place(
            route: match.route,
            token: match.route.command.tokens[values.count],
            values: values,
            beginning: beginning,
            before: prefix
        )
    }
}

extension CompletionReader.Place {
    fileprivate var isBeginningOfValue: Bool {
        token.values.contains { FoldedText($0).bytes.starts(with: beginning) }
    }
}
