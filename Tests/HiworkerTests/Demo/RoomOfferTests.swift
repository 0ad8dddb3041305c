import Foundation
import Testing

@testable import hiworker

@Suite struct `The room that the demo offers` {
    private static let day = "2026-11-24"

    private func offer(_ bookings: [Booking]) -> RoomOffer? {
        RoomOffer(rooms: ["S1", "S2"], bookings: bookings, member: "me", day: Self.day, now: "10:17")
    }

    private func booking(_ room: String, _ time: String, day: String = day, member: String = "me") -> Booking {
        Booking(day: day, room: room, time: time, member: member)
    }

    @Test func `is the first that nobody has any more today`() {
        #expect(offer([]) == .free("S1"))
        #expect(offer([booking("S1", "09:00~10:17")]) == .free("S1"))
        #expect(offer([booking("S1", "10:00~24:00", day: "2026-11-23")]) == .free("S1"))
        #expect(offer([booking("S1", "10:00~24:00")]) == .free("S2"))
        #expect(offer([booking("S1", "10:00~10:18")]) == .free("S2"))
        #expect(offer([booking("S1", "23:00~24:00", member: "other")]) == .free("S2"))
    }

    @Test func `is one that the demo itself took when there is no other`() {
        let mine = booking("S2", "10:00~24:00")
        #expect(offer([booking("S1", "11:00~12:00", member: "other"), mine]) == .own("S2", [mine]))
    }

    @Test func `is none when others have all`() {
        #expect(offer([booking("S1", "11:00~12:00", member: "x"), booking("S2", "11:00~12:00", member: "y")]) == nil)
    }

    @Test func `goes by Korea's clock`() {
        let office = OfficeTime(Date(timeIntervalSince1970: 1_795_000_000))
        #expect(office.day == "2026-11-18")
        #expect(office.time == "20:06")
        let nextDay = OfficeTime(Date(timeIntervalSince1970: 1_795_000_000 + 4 * 3600))
        #expect(nextDay.day == "2026-11-19")
        #expect(nextDay.time == "00:06")
    }

    @Test func `is chosen from the bot's file`() throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "hiworker-\(UUID())")
        defer { try? FileManager.default.removeItem(at: file) }
        #expect(Booking.read(file.path(percentEncoded: false)).isEmpty)
        let text =
            #"{"bookings": [{"day": "2026-11-24", "room": "S1", "time": "10:00~11:00", "member": {"id": "me"}}, 1]}"#
        try Data(text.utf8).write(to: file)
        #expect(Booking.read(file.path(percentEncoded: false)) == [booking("S1", "10:00~11:00")])
    }
}
