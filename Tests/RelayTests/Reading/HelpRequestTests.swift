import Directory
import Testing

@testable import Relay

@Suite
struct `Asking for help` {
    @Test(
        arguments: [
            ("/도움", nil), ("/help", nil), ("/HELP", nil), ("／도움", nil), ("  /도움  ", nil),
            ("/\u{1103}\u{1169}\u{110B}\u{116E}\u{11B7}", nil),
            ("/도움 예약", "예약"), ("/도움 /예약 회의실", "/예약 회의실"), ("/help  /예약   회의실", "/예약 회의실"),
        ] as [(String, String?)]
    )
    func `is a word, and perhaps the name of a command`(text: String, topic: String?) throws {
        let request = try #require(HelpRequest(TypedText(text)))
        #expect(request.topic == topic)
        #expect(request.bot == nil)
    }

    @Test(arguments: ["", "도움", "help", "/도움말", "/helper", "/예약 /도움", "\"/도움\"", "/ 도움", "@봇", "안녕 /도움"])
    func `is nothing else`(text: String) {
        #expect(HelpRequest(TypedText(text)) == nil)
    }

    @Test func `may name a bot`() throws {
        let request = try #require(HelpRequest(TypedText("@팀 도우미 /도움 회의")))
        #expect(request.bot == "팀 도우미")
        #expect(request.topic == "회의")
    }

    @Test(
        arguments: [
            ("/도움 예약 회의실", nil, ["/예약 회의실"]), ("/도움 /예약회의실", nil, ["/예약 회의실"]),
            ("/도움 예약", nil, ["/예약 목록", "/예약 취소", "/예약 회의실"]), ("/help BOOK", nil, ["/book room"]),
            ("/도움 회의", nil, ["/회의", "/회의 기록", "/회의 기록 보기"]), ("/도움 없는 것", nil, []),
            ("@회의실봇 /도움", nil, ["/예약 목록", "/예약 취소", "/예약 회의실"]),
            ("/도움", "Desk Bot", ["/book room", "/remind", "/weekly-report"]), ("@회의실봇 /도움", "Desk Bot", []),
            ("@회의실봇 /도움 book", nil, []), ("@없는봇 /도움", nil, []),
        ] as [(String, String?, [String])]
    )
    func `finds the commands that it is about`(text: String, bot: String?, names: [String]) throws {
        let reader = try ReadingVectors.shared.company.reader(now: Instant(milliseconds: 0))
        let request = try #require(HelpRequest(TypedText(text)))
        #expect(reader.routes(for: request, bot: bot).map(\.command.name.text) == names)
    }

    @Test func `without a topic lists every command by name`() throws {
        let reader = try ReadingVectors.shared.company.reader(now: Instant(milliseconds: 0))
        let names = reader.routes(for: try #require(HelpRequest(TypedText("/도움")))).map(\.command.name.text)
        #expect(names.count == 23)
        #expect(names == names.sorted())
    }
}
