import Directory
import Testing

@testable import Relay

@Suite
struct `The reply to a question for help` {
    /// The reply to a text, in a company whose only bot has these commands.
    private func help(_ text: String, bot: String? = nil, commands: [Command]) throws -> String {
        let snapshot = Snapshot(companies: [Sample.company], bots: [Sample.bot(commands: commands)])
        let reader = TextReader(
            directory: CompanyDirectory(snapshot: snapshot, company: Sample.company.domain),
            timeZone: Sample.company.timeZone,
            now: Sample.created
        )
        return reader.help(for: try #require(HelpRequest(TypedText(text))), bot: bot, typed: text)
    }

    private func command(_ name: String, _ description: String? = nil) -> Command {
        Command(name: CommandName(trusting: name), description: description)
    }

    @Test(arguments: ["/도움", "/help"])
    func `is every command's usage with its description, by name`(text: String) throws {
        let commands = [command("/회의"), Sample.bookings, command("/예약 목록", "오늘의 예약을 보여 줍니다.")]
        let reply = """
            /예약 목록
              오늘의 예약을 보여 줍니다.
            /예약 회의실 <시간>
              회의실을 예약합니다.
            /회의
            """
        #expect(try help(text, commands: commands) == reply)
    }

    @Test
    func `narrows down to what stands behind it`() throws {
        let commands = [command("/회의"), command("/예약 목록"), command("/예약 취소")]
        #expect(try help("/도움 예약", commands: commands) == "/예약 목록\n/예약 취소")
        #expect(try help("/help /회의", commands: commands) == "/회의")
    }

    @Test
    func `narrows down to a bot`() throws {
        #expect(try help("/도움", bot: "예약봇", commands: [command("/회의")]) == "/회의")
        #expect(try help("/도움", bot: "다른 봇", commands: [command("/회의")]).hasPrefix("아직"))
    }

    @Test(arguments: [
        ("/도움", "아직 쓸 수 있는 명령이 없습니다. 봇이 명령을 등록하면 여기에 나타납니다."),
        ("/help", "There are no commands yet. They appear here once a bot declares some."),
        ("/도움 예약", "‘예약’ 명령은 없습니다. /도움을 보내면 모든 명령을 볼 수 있습니다."),
        ("/help book", "There is no command ‘book’. Send /help to see them all."),
        ("/help 예약", "‘예약’ 명령은 없습니다. /도움을 보내면 모든 명령을 볼 수 있습니다."),
    ])
    func `says in the language of the question that there is nothing`(text: String, reply: String) throws {
        #expect(try help(text, commands: []) == reply)
    }

    @Test(arguments: [
        (100, nil), (101, "And 1 more: put the beginning of a command behind /help to narrow them down."),
    ])
    func `ends after a hundred commands`(count: Int, rest: String?) throws {
        let commands = (0..<count).map { command("/command\(1000 + $0)") }
        let lines = try help("/help", commands: commands).split(separator: "\n").map(String.init)
        #expect(lines.prefix(100) == commands.prefix(100).map(\.name.text)[...])
        #expect(lines.dropFirst(100).first == rest)
        #expect(lines.count == (rest == nil ? 100 : 101))
    }
}
