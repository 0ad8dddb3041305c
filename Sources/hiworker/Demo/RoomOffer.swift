import Foundation

/// Which room the demo offers to book for the rest of the day.
enum RoomOffer: Equatable {
    /// Nobody has it any more today.
    case free(String)
    /// The demo's member has it today, from earlier demos; cancelling these bookings makes it free.
    case own(String, [Booking])

    /// A room that is free from `now` to midnight, else one whose bookings the demo may cancel. Nil when others have all.
    ///
    /// - Parameters:
    ///   - rooms: as the bot declares them.
    ///   - day: `2026-11-24`
    ///   - now: `10:17`
    init?(rooms: [String], bookings: [Booking], member: String, day: String, now: String) {
        let ahead = bookings.filter { $0.day == day && !$0.isOver(at: now) }
        let byRoom = Dictionary(grouping: ahead, by: \.room)
        if let room = rooms.first(where: { byRoom[$0] == nil }) {
            self = .free(room)
        } else if let room = rooms.first(where: { room in byRoom[room]?.allSatisfy { $0.member == member } == true }) {
            self = .own(room, byRoom[room] ?? [])
        } else {
            return nil
        }
    }

    var room: String {
        switch self {
        case .free(let room), .own(let room, _): room
        }
    }
}

/// What the clock and the calendar of the demo's company say.
struct OfficeTime {
    /// Korea has no summer time.
    private static let secondsFromGMT = 9 * 3600

    /// `2026-11-24`
    let day: String
    /// `10:17`
    let time: String

    init(_ date: Date) {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = TimeZone(secondsFromGMT: Self.secondsFromGMT) ?? .gmt
        let parts = calendar.dateComponents([.year, .month, .day, .hour, .minute], from: date)
        day = [(parts.year ?? 0, 4), (parts.month ?? 0, 2), (parts.day ?? 0, 2)].map(Self.digits).joined(separator: "-")
        time = [(parts.hour ?? 0, 2), (parts.minute ?? 0, 2)].map(Self.digits).joined(separator: ":")
    }

    private static func digits(_ number: Int, _ count: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(count - text.count, 0)) + text
    }
}
