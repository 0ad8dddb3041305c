import API
import BSON
import Directory

extension TextReader {
    /// The command that a text begins with: the longest declared name, of the bots that are wanted.
    func command(of text: TypedText, bot: String?) throws(Problem) -> CommandMatch {
        let address = CommandAddress(text)
        guard let start = address.command else {
            throw unknownCommand(Excerpt.of(text.rest(from: 0)), .noSlash)
        }
        let wanted = BotFilter([bot, address.bot].compactMap { $0 })
        var others: SnapshotRoute?
        for count in stride(from: Self.nameReach(text, from: start), through: 1, by: -1) {
            guard let route = route(of: text.phrase(start..<start + count)) else { continue }
            if wanted.admits(route.bot) { return CommandMatch(route: route, end: start + count) }
            others = others ?? route
        }
        throw unknownCommand(text, from: start, wanted, others: others)
    }

    /// How many words from this one on may be the name of a command: further ones without sign or punctuation.
    private static func nameReach(_ text: TypedText, from start: Int) -> Int {
        let reach = text.reach(from: start, upTo: CommandName.maximumWords)
        let further = text.words[start + 1..<start + reach]
        return 1 + further.prefix { text.plain[$0.plain].allSatisfy(isPartOfName) }.count
    }

    /// Whether a byte can stand in a word of a name: in ASCII letters, digits, `_` and `-`.
    private static func isPartOfName(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x80..., UInt8(ascii: "_"), UInt8(ascii: "-"): true
        default: byte.isDigit || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte.lowercased)
        }
    }

    private func route(of phrase: Phrase) -> SnapshotRoute? {
        // A name may hold full-width letters: then it is found as typed, not in its plain form.
        directory.route(named: phrase.plain) ?? (phrase.isPlain ? nil : directory.route(named: phrase.typed))
    }

    /// The problem of a text whose first words are no command that is wanted; `others` is that of another bot.
    private func unknownCommand(
        _ text: TypedText,
        from start: Int,
        _ wanted: BotFilter,
        others: SnapshotRoute?
    ) -> Problem {
        let typed = Excerpt.of(text.phrase(start..<start + Self.nameReach(text, from: start)).plain)
        for name in wanted.names where !directory.bots.contains(where: BotFilter([name]).admits) {
            return unknownCommand(typed, .unknownBot, ["bot": Excerpt.of(name)])
        }
        if let others {
            return unknownCommand(
                typed,
                .commandOfOtherBot,
                ["command": others.command.name.text, "bot": others.bot.name]
            )
        }
        let near = NearestCommands(to: text, from: start, among: directory.bots.filter(wanted.admits)).names
        guard !near.isEmpty else { return Problem(.unknownCommand, ["text": typed]) }
        var problem = unknownCommand(typed, .similarCommands, ["commands": near.joined(separator: ", ")])
        problem.members["suggestions"] = .array(near.map { .string($0) })
        return problem
    }

    private func unknownCommand(_ typed: String, _ reason: Reason, _ arguments: [String: String] = [:]) -> Problem {
        Problem(.unknownCommand, ["text": typed], issues: [Problem.Issue(.token(key: nil), reason, arguments)])
    }
}

/// A command that was found at the beginning of a text.
struct CommandMatch {
    let route: SnapshotRoute
    /// The first word behind it.
    let end: Int
}
