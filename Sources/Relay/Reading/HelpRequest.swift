import Directory

/// A member's question which commands there are: `/도움` or `/help`, alone or with the name of a command behind it.
///
/// The relay answers it itself; no bot can declare a command that begins with these words.
struct HelpRequest {
    /// What stands behind it, with or without its slash: `예약 회의실`. Nil when everything is asked for.
    let topic: String?
    /// The bot named before it, `@예약봇 /도움`.
    let bot: String?

    /// Nil when the text asks for something else.
    init?(_ text: TypedText) {
        let address = CommandAddress(text)
        guard let start = address.command else { return nil }
        let word = String(decoding: FoldedText(text.phrase(start..<start + 1).plain).bytes, as: UTF8.self)
        guard CommandName.reserved.contains(word) else { return nil }
        bot = address.bot
        topic = start + 1 < text.words.count ? text.phrase(start + 1..<text.words.count).plain : nil
    }
}

extension TextReader {
    /// The commands that a question is about, by name: those whose names begin with its topic, blind to case and white
    /// space.
    func routes(for request: HelpRequest, bot: String? = nil) -> [SnapshotRoute] {
        let wanted = BotFilter([bot, request.bot].compactMap { $0 })
        let routes = directory.bots.filter(wanted.admits)
            .flatMap { bot in
                bot.commands.map { SnapshotRoute(command: $0, bot: bot) }
            }
            .sorted { $0.command.name.text < $1.command.name.text }
        guard let topic = request.topic.map(Self.folded) else { return routes }
        return routes.filter { Self.folded($0.command.name.text).starts(with: topic) }
    }

    /// A name without its slash, white space and case.
    private static func folded(_ name: String) -> ArraySlice<UInt8> {
        FoldedText(name).bytes.drop { $0 == UInt8(ascii: "/") }
    }
}
