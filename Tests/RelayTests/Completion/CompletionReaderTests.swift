import BSON
import Directory
import Testing

@testable import Relay

@Suite
struct `What is typed so far` {
    private static let room = Token(key: "room", label: "회의실", type: .choice, values: ["S1", "대 회의실", "소 회의실"])
    private static let book = Command(
        name: CommandName(trusting: "/예약 회의실"),
        tokens: [
            Token(key: "time", label: "시간", type: .timeRange), room,
            Token(key: "who", label: "누구", type: .member, required: false),
        ]
    )
    private static let list = Command(name: CommandName(trusting: "/예약 목록"), description: "목록을 봅니다.")
    private static let plain = Command(name: CommandName(trusting: "/예약"), tokens: [room])
    private static let snapshot = Snapshot(
        companies: [Sample.company],
        bots: [Sample.bot(commands: [book, list, plain])],
        members: [Sample.member, Sample.colleague]
    )

    private func reader(_ text: String) -> CompletionReader {
        let directory = CompanyDirectory(snapshot: Self.snapshot, company: "example.com")
        return CompletionReader(text, TextReader(directory: directory, timeZone: "Asia/Seoul", now: Sample.created))
    }

    private func commands(_ text: String) -> [String] {
        reader(text).routes(bot: nil).map(\.command.name.text)
    }

    private func values(_ text: String, available: [String]? = nil) -> [String]? {
        let members = Self.snapshot.members(company: "example.com")
        return reader(text).place(bot: nil)?.values(available: available, colleagues: members).map(\.text)
    }

    @Test(arguments: [
        ("", ["/예약", "/예약 목록", "/예약 회의실"]),
        ("/", ["/예약", "/예약 목록", "/예약 회의실"]),
        ("/예", ["/예약", "/예약 목록", "/예약 회의실"]),
        ("／예약 목", ["/예약 목록"]),
        ("/\u{110B}\u{1168}\u{110B}\u{1163}\u{11A8} \u{1112}", []),
        ("/예약 ", ["/예약 목록", "/예약 회의실"]),
        ("/예약 회의실", ["/예약 회의실"]),
        ("/예약 회의실 ", []),
        ("@예약봇 /예약 목", ["/예약 목록"]),
        ("@다른봇 /예약 목", []),
        ("예약", []),
    ])
    func `is the beginning of commands`(text: String, names: [String]) {
        #expect(commands(text) == names)
    }

    @Test(arguments: [
        ("/예약 ", "room"), ("/예약 회의실 ", "time"), ("/예약 회의실 10:00~", "time"), ("/예약 회의실 10:00~11:00 ", "room"),
        ("/예약 회의실 10:00~11:00 대 회", "room"), ("/예약 회의실 오전 10시~오후 1시 S", "room"),
        ("/예약 회의실 10~11 S1 ", "who"), ("/예약 회의실 10~11 대 회의실 @김", "who"),
    ])
    func `leads to the token at the cursor`(text: String, token: String) {
        #expect(reader(text).place(bot: nil)?.token.key == token)
    }

    @Test(arguments: ["", "/예", "/예약", "/예약 목록 ", "/예약 회의실 10~11 S1 @김하나 ", "/없음 a", "예약 회의실 "])
    func `leads to no token`(text: String) {
        #expect(reader(text).place(bot: nil) == nil)
    }

    @Test
    func `is completed with the values that go on from it, those that can be taken first`() {
        #expect(values("/예약 회의실 10~11 ") == ["S1", "대 회의실", "소 회의실"])
        #expect(values("/예약 회의실 10~11 ", available: ["소회의실"]) == ["소 회의실", "S1", "대 회의실"])
        #expect(values("/예약 회의실 10~11 대회") == ["대 회의실"])
        #expect(values("/예약 회의실 10~11 대 회") == ["대 회의실"])
        #expect(values("/예약 회의실 10~11 대 ") == ["대 회의실"])
        #expect(values("/예약 회의실 10~11 X ") == nil)
        #expect(values("/예약 회의실 10~11 회의") == ["대 회의실", "소 회의실"])
        #expect(values("/예약 회의실 10~11 s") == ["S1"])
        #expect(values("/예약 회의실 10~11 X") == [])
        #expect(values("/예약 회의실 10~11 S1 @김") == ["@김하나"])
        #expect(values("/예약 회의실 10~11 S1 이") == ["@이두리"])
        #expect(values("/예약 회의실 ", available: ["10:00~11:00"]) == ["10:00~11:00"])
    }

    @Test
    func `keeps what stands before the cursor`() throws {
        let place = try #require(reader("/예약 회의실 10~11 대 회").place(bot: nil))
        #expect(place.values == ["time": "10:00~11:00"])
        #expect(place.before == "/예약 회의실 10~11 ")
    }
}
