import Directory
import Testing

@testable import Relay

@Suite
struct `A usage line` {
    private func line(_ tokens: Token...) -> String {
        Usage.line(for: Command(name: CommandName(trusting: "/예약 회의실"), tokens: tokens))
    }

    @Test func `shows labels, and the values of a choice`() {
        let time = Token(key: "time", label: "시간", type: .timeRange)
        let room = Token(key: "room", label: "회의실", type: .choice, values: ["S1", "S2", "대 회의실"], required: false)
        #expect(line() == "/예약 회의실")
        #expect(line(time, room) == "/예약 회의실 <시간> [회의실: S1 | S2 | 대 회의실]")
    }

    @Test func `does not show more values than one reads`() {
        let values = (1...11).map { "S\($0)" }
        let room = Token(key: "room", label: "방", type: .choice, values: values)
        #expect(line(room) == "/예약 회의실 <방: S1 | S2 | S3 | S4 | S5 | S6 | S7 | S8 | S9 | S10 | …>")
    }
}
