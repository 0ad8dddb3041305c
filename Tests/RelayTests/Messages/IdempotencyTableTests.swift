import API
import Directory
import NIOCore
import Testing

@testable import Relay

@Suite
struct `Idempotency keys` {
    private let table = IdempotencyTable()
    private let start = NIODeadline.uptimeNanoseconds(1_000_000_000_000)
    private let entry = IdempotencyTable.Entry(member: Sample.member.resourceID, key: "1")
    private let request = NewMessage(text: "/예약 목록", bot: "예약봇")

    /// What a table answers, as a word.
    private func begin(
        _ entry: IdempotencyTable.Entry,
        _ request: NewMessage,
        after wait: TimeAmount = .zero
    ) -> String {
        switch table.begin(entry, request, now: start + wait) {
        case .first: "first"
        case .again(let id): "again \(id)"
        case .inHand: "in hand"
        case .differs: "differs"
        }
    }

    @Test
    func `make a repeat the same message, once there is one`() {
        #expect(begin(entry, request) == "first")
        #expect(begin(entry, request) == "in hand")
        table.note(Sample.id(1), for: entry)
        #expect(begin(entry, request) == "again \(Sample.id(1))")
        #expect(begin(entry, NewMessage(text: request.text, bot: request.bot, wait: .zero)) == "again \(Sample.id(1))")
    }

    @Test(arguments: [
        NewMessage(text: "/예약 목록 "), NewMessage(text: "/예약 목록", bot: nil), NewMessage(text: "/예약", bot: "예약봇"),
    ])
    func `are not taken for another request`(other: NewMessage) {
        #expect(begin(entry, request) == "first")
        #expect(begin(entry, other) == "differs")
        table.note(Sample.id(1), for: entry)
        #expect(begin(entry, other) == "differs")
    }

    @Test
    func `belong to their member`() {
        #expect(begin(entry, request) == "first")
        #expect(begin(.init(member: Sample.colleague.resourceID, key: "1"), request) == "first")
        #expect(begin(.init(member: Sample.member.resourceID, key: "2"), request) == "first")
    }

    @Test
    func `of refused requests are free again`() {
        #expect(begin(entry, request) == "first")
        table.forget(entry)
        #expect(begin(entry, NewMessage(text: "/도움")) == "first")
    }

    @Test
    func `are kept for a day`() {
        #expect(begin(entry, request) == "first")
        table.note(Sample.id(1), for: entry)
        let almost = IdempotencyTable.retention - .nanoseconds(1)
        #expect(begin(entry, request, after: almost) == "again \(Sample.id(1))")
        #expect(begin(entry, request, after: IdempotencyTable.retention) == "first")
    }

    @Test
    func `are kept for a day from the request that counted`() {
        let other = IdempotencyTable.Entry(member: Sample.member.resourceID, key: "other")
        #expect(begin(entry, request) == "first")
        #expect(begin(other, request) == "first")
        table.forget(entry)
        #expect(begin(entry, request, after: .hours(20)) == "first")
        table.note(Sample.id(1), for: entry)
        #expect(begin(entry, request, after: .hours(30)) == "again \(Sample.id(1))")
        #expect(begin(entry, request, after: .hours(44)) == "first")
    }

    @Test
    func `are bounded, the oldest going first`() {
        for number in 0...IdempotencyTable.maximumEntries {
            _ = table.begin(.init(member: Sample.member.resourceID, key: "\(number)"), request, now: start)
        }
        #expect(begin(.init(member: Sample.member.resourceID, key: "1"), request) == "in hand")
        #expect(begin(.init(member: Sample.member.resourceID, key: "0"), request) == "first")
    }
}
