/// Where in a text the command begins, and the bot named before it: `@예약 봇 /예약 회의실`.
struct CommandAddress {
    /// What stands between `@` and the first word with a slash; nil when the text does not begin with `@`.
    let bot: String?
    /// The first word of the command; nil when no word begins with a slash where one should.
    let command: Int?

    init(_ text: TypedText) {
        guard text.begins(0, with: UInt8(ascii: "@")) else {
            bot = nil
            command = text.begins(0, with: UInt8(ascii: "/")) ? 0 : nil
            return
        }
        let slash = UInt8(ascii: "/")
        guard let start = text.words.indices.dropFirst().first(where: { text.begins($0, with: slash) }) else {
            (bot, command) = (nil, nil)
            return
        }
        bot = String(text.phrase(0..<start).plain.dropFirst())
        command = start
    }
}

extension TypedText {
    /// Whether there is such a word, not in quotes, whose plain form begins with this byte.
    fileprivate func begins(_ word: Int, with byte: UInt8) -> Bool {
        word < words.count && words[word].quoting == .none && plain[words[word].plain.lowerBound] == byte
    }
}
