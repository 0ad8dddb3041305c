import BSON
import Foundation

/// A booking in the meeting-room bot's file.
struct Booking: Equatable {
    /// `2026-11-24`
    let day: String
    let room: String
    /// `10:00~11:00`; `24:00` is midnight at the end.
    let time: String
    /// The id of the member who has it.
    let member: String

    /// The bookings in the file; none when there is no file, or no file of bookings.
    static func read(_ path: String) -> [Booking] {
        guard let data = FileManager.default.contents(atPath: path), let json = try? JSON(parsing: [UInt8](data)) else {
            return []
        }
        return (json.object?["bookings"]?.array ?? []).compactMap(\.object)
            .compactMap { booking in
                guard let day = booking["day"]?.string, let room = booking["room"]?.string,
                    let time = booking["time"]?.string
                else { return nil }
                return Booking(day: day, room: room, time: time, member: booking["member"]?.object?["id"]?.string ?? "")
            }
    }

    /// Whether it takes the room at or after a time of its day, `10:17`.
    func isOver(at time: String) -> Bool {
        // Times are written with two digits each, so that they compare as text.
        self.time.split(separator: "~").last.map { $0 <= time } ?? true
    }
}
