import API
import Directory

extension TextReader {
    /// The relay's own reply to `/도움` and `/help`: the commands with their usage, in the language of the question.
    func help(for request: HelpRequest, bot: String?, typed: String) -> String {
        let language: Language = typed.unicodeScalars.contains { $0.value >= 0x1100 } ? .korean : .english
        let routes = routes(for: request, bot: bot)
        guard !routes.isEmpty else { return Self.noCommands(about: request.topic, in: language) }
        let entries = routes.prefix(Self.maximumEntries)
            .map { route in
                [Usage.line(for: route.command), route.command.description.map { "  " + $0 }]
                    .compactMap(\.self)
                    .joined(separator: "\n")
            }
        let rest = routes.count - entries.count
        guard rest > 0 else { return entries.joined(separator: "\n") }
        return entries.joined(separator: "\n") + "\n" + Self.more(rest, in: language)
    }

    /// More than anybody reads in one reply.
    private static let maximumEntries = 100

    private static func noCommands(about topic: String?, in language: Language) -> String {
        switch (language, topic) {
        case (.korean, let topic?): "‘\(topic)’ 명령은 없습니다. /도움을 보내면 모든 명령을 볼 수 있습니다."
        case (.korean, nil): "아직 쓸 수 있는 명령이 없습니다. 봇이 명령을 등록하면 여기에 나타납니다."
        case (.english, let topic?): "There is no command ‘\(topic)’. Send /help to see them all."
        case (.english, nil): "There are no commands yet. They appear here once a bot declares some."
        }
    }

    private static func more(_ count: Int, in language: Language) -> String {
        language == .korean
            ? "그 밖에 \(count)개가 더 있습니다. /도움 뒤에 명령의 앞부분을 쓰면 좁힐 수 있습니다."
            : "And \(count) more: put the beginning of a command behind /help to narrow them down."
    }
}
