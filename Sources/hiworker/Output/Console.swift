import BSON

/// Writes results to standard output, for people or as JSON for scripts.
struct Console {
    let json: Bool

    /// One resource, as the server sent it.
    func show(_ resource: JSON.Object) {
        write(json ? [JSON.object(resource).text] : ResourceText.lines(resource))
    }

    /// What was made together with secrets that are shown this once: `{bot, key, webhook_secret?}` and the like.
    func show(created answer: JSON.Object, as name: String) {
        guard !json else { return write([JSON.object(answer).text]) }
        var fields = answer[name]?.object ?? [:]
        if let secret = answer["key"]?.object?["secret"] { fields["API key"] = secret }
        if let secret = answer["webhook_secret"] { fields["webhook secret"] = secret }
        write(ResourceText.lines(fields))
        note("The secrets above are shown this once: keep them now.")
    }

    /// A list, `{items, next?}`. `cells` makes a row of one item.
    func show(_ list: JSON.Object, header: [String], cells: (JSON.Object) -> [String]) {
        guard !json else { return write([JSON.object(list).text]) }
        var table = TextTable(header)
        for item in list["items"]?.array ?? [] { table.append(cells(item.object ?? [:])) }
        write(table.lines)
        if let next = list["next"]?.string {
            note("There are more: add --after \(TerminalText.safe(next))")
        }
    }

    /// What was done when there is nothing to show.
    func done(_ sentence: String) {
        if !json { note(sentence) }
    }

    /// Text of a person or a bot, as it is but for control characters.
    func say(_ text: String) {
        write([TerminalText.safe(text, keepingLines: true)])
    }

    /// A remark, on standard error, so that standard output holds results alone.
    func note(_ sentence: String) {
        StandardStream.error.write(sentence + "\n")
    }

    private func write(_ lines: [String]) {
        StandardStream.output.write(lines.joined(separator: "\n") + "\n")
    }
}
