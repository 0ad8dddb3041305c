import API
import BSON
import Directory
import Foundation
import Testing

@testable import Relay

@Suite
struct `Reading a text` {
    private func outcome(_ text: String, _ vector: ReadingVector) throws -> ReadingOutcome {
        try ReadingOutcome(of: text, bot: vector.bot, ReadingVectors.shared.company.reader(for: vector))
    }

    @Test(arguments: try ReadingVectors.shared.all)
    func `means what the shared vectors say`(vector: ReadingVector) throws {
        let outcome = try self.outcome(vector.text, vector)
        #expect(outcome == vector.outcome)
    }

    @Test(arguments: try ReadingVectors.shared.all)
    func `means the same when it arrives decomposed`(vector: ReadingVector) throws {
        let outcome = try self.outcome(vector.text.decomposedStringWithCanonicalMapping, vector)
        #expect(outcome == vector.outcome)
    }

    @Test(arguments: try ReadingVectors.shared.all)
    func `means the same with white space around it`(vector: ReadingVector) throws {
        let outcome = try self.outcome(" \u{3000}\n" + vector.text + "\u{00A0} \t", vector)
        #expect(outcome == vector.outcome)
    }

    @Test(arguments: try ReadingVectors.shared.all)
    func `puts what is wrong into whole sentences of both languages`(vector: ReadingVector) throws {
        guard case .refused = vector.outcome else { return }
        let reader = try ReadingVectors.shared.company.reader(for: vector)
        let problem = try #require(throws: Problem.self) { try reader.read(TypedText(vector.text), bot: vector.bot) }
        for language in Language.allCases {
            let sentences = [problem.detail(in: language)] + problem.issues.map { $0.detail(in: language) }
            for sentence in sentences {
                #expect(!sentence.contains("{"), "a placeholder is left: \(sentence)")
                #expect(sentence.hasSuffix(".") || sentence.contains("사용법") || sentence.contains("Usage"))
            }
        }
        #expect(Problem(stored: problem.stored) == problem)
    }

    @Test func `gives the values in the order of the declaration`() throws {
        let reader = try ReadingVectors.shared.company.reader(now: Instant(milliseconds: 0))
        let reading = try reader.read(TypedText("/일정 내일 10~11 회고"))
        #expect(reading.tokens.keys == ["date", "time", "title"])
        #expect(reading.route.bot.name == "팀 도우미")
    }

    @Test func `tells the command, its bot and its usage with what is wrong`() throws {
        let reader = try ReadingVectors.shared.company.reader(now: Instant(milliseconds: 0))
        let problem = try #require(throws: Problem.self) { try reader.read(TypedText("/예약 회의실 열시")) }
        let usage = "/예약 회의실 <시간> [회의실: S1 | S2 | 대 회의실]"
        #expect(problem.members["usage"] == .string(usage))
        #expect(problem.members["command"] == "/예약 회의실")
        #expect(problem.members["bot"] == ["id": "bot_RoomBot0000000000000", "name": "회의실봇"])
        #expect(problem.detail(in: .korean).contains(usage))
        #expect(
            problem.issues.map { $0.detail(in: .korean) } == ["'열시'는 시간이 아닙니다. 10:00~11:00처럼 써 주세요."]
        )
    }

    @Test(
        arguments: [
            ("/방 S9", "'S9'는 고를 수 있는 값이 아닙니다. 다음 가운데 하나를 써 주세요: S1, S2, 대 회의실, 대, Focus Room, 3층 라운지, Café."),
            ("/수 열둘", "'열둘'은 숫자가 아닙니다. 12, 1,200, -3.5처럼 써 주세요."),
            ("/날짜 2월 30일", "'2월 30일'은 달력에 없는 날입니다. 달과 날을 확인해 주세요."),
            ("/시간 25:00~26:00", "'25:00'은 없는 시각입니다. 시각은 00:00부터 24:00까지입니다."),
            ("/시간 11~10", "끝나는 시각(10:00)이 시작하는 시각(11:00)보다 늦어야 합니다. 자정을 넘길 수는 없습니다."),
            ("/사람 홍길동", "'홍길동'이라는 구성원을 찾지 못했습니다. 이름이나 이메일 주소를 확인하고 @이름으로 써 주세요."),
            ("/사람 이영희", "'이영희'라는 구성원이 여럿입니다. 누구인지 이렇게 써 주세요: @younghee@example.com, @yh.lee@example.com."),
            ("/사람 박민수", "'박민수'라는 구성원이 여럿입니다. 누구인지 이렇게 써 주세요: @mem_Park1000000000000000, @park@example.com."),
            ("/예약 취소 10~11", "'회의실'이 빠졌습니다."),
            ("/예약 취소 10~11 “대 회의실", "'대 회의실' 앞에서 연 따옴표가 닫히지 않았습니다. 끝에 같은 따옴표를 붙여 주세요."),
            ("/예약 목록 전부", "이 명령에는 '전부'가 들어갈 자리가 없습니다. 빼 주세요. 띄어 쓴 한 값이라면 따옴표로 묶어 주세요."),
        ]
    )
    func `says in Korean what is wrong and what to write`(text: String, sentence: String) throws {
        let reader = try ReadingVectors.shared.company.reader(now: Instant(milliseconds: 0))
        let problem = try #require(throws: Problem.self) { try reader.read(TypedText(text)) }
        #expect(problem.issues.map { $0.detail(in: .korean) } == [sentence])
    }

    @Test func `quotes only the beginning of what is long`() throws {
        let reader = try ReadingVectors.shared.company.reader(now: Instant(milliseconds: 0))
        let long = String(repeating: "가", count: 8000)
        for text in ["/방 \(long)", "/\(long)", long, "/예약 목록 \(long)", "/말 \"\(long)", "@\(long) /출근", "/사람 \(long)"] {
            let problem = try #require(throws: Problem.self) { try reader.read(TypedText(text)) }
            #expect(JSON.object(problem.body(in: .korean)).bytes.count < 1500, "\(text.prefix(8))")
        }
    }

    @Test func `finds the command of a text whose values are wrong`() throws {
        let reader = try ReadingVectors.shared.company.reader(now: Instant(milliseconds: 0))
        let match = try reader.command(of: TypedText("/예약 회의실 열시"), bot: nil)
        #expect(match.route.command.name.text == "/예약 회의실")
        #expect(match.end == 2)
    }

    @Test func `knows nobody of another company`() throws {
        let reader = try ReadingVectors.shared.company.reader(now: Instant(milliseconds: 0))
        for text in ["/사람 @mem_Stranger000000000000", "/사람 남의 회사 사람"] {
            #expect(throws: Problem.self) { try reader.read(TypedText(text)) }
        }
    }

    @Test func `in a time zone that is none reads dates in UTC`() throws {
        let reader = try ReadingVectors.shared.company.reader(
            now: Instant(milliseconds: -1),
            timeZone: "Nowhere/At All"
        )
        #expect(try reader.read(TypedText("/날짜 오늘")).tokens == ["date": "1969-12-31"])
    }
}
