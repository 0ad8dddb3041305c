import Directory

/// Which bots a text is for: those that go by each of these ids or names, names blind to case and white space.
struct BotFilter {
    let names: [String]
    private let folded: [[UInt8]]

    init(_ names: [String]) {
        self.names = names
        folded = names.map { FoldedText($0).bytes }
    }

    func admits(_ bot: SnapshotBot) -> Bool {
        for (name, folded) in zip(names, folded) where name != bot.id && folded != FoldedText(bot.name).bytes {
            return false
        }
        return true
    }
}
