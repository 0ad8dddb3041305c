import Directory
import Foundation
import Testing

@testable import Relay

@Suite
struct `A day` {
    private var calendar: Calendar {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        return calendar
    }

    @Test func `is the one that Foundation's calendar knows, from 1600 to 2400`() throws {
        let calendar = calendar
        for number in stride(from: -135_140, to: 157_000, by: 37) {
            let day = Day(number: number)
            let date = Date(timeIntervalSince1970: Double(number) * 86_400)
            let expected = calendar.dateComponents([.year, .month, .day, .weekday], from: date)
            let (year, month, dayOfMonth) = day.components
            #expect([year, month, dayOfMonth] == [expected.year, expected.month, expected.day])
            // Foundation counts from Sunday, 1.
            #expect(try day.weekday % 7 + 1 == #require(expected.weekday))
            #expect(Day(year: year, month: month, day: dayOfMonth) == day)
        }
    }

    @Test(arguments: [1, 4, 100, 400, 1900, 2000, 2026, 2028, 9999])
    func `of a whole year follows the one before`(year: Int) throws {
        var previous = try #require(Day(year: year, month: 1, day: 1)).adding(-1)
        for month in 1...12 {
            for day in 1...Day.length(of: month, in: year) {
                let next = try #require(Day(year: year, month: month, day: day))
                #expect(next == previous.adding(1))
                previous = next
            }
            #expect(Day(year: year, month: month, day: Day.length(of: month, in: year) + 1) == nil)
        }
        #expect(previous.components.month == 12 && previous.components.day == 31)
    }

    @Test(arguments: [
        (0, 1, 1), (10_000, 1, 1), (2026, 0, 1), (2026, 13, 1), (2026, 1, 0), (2026, 2, 29), (1900, 2, 29),
    ])
    func `does not exist outside the calendar`(year: Int, month: Int, day: Int) {
        #expect(Day(year: year, month: month, day: day) == nil)
    }

    @Test func `is written with four, two and two digits`() {
        #expect(Day(year: 1, month: 2, day: 3)?.text == "0001-02-03")
        #expect(Day(year: 2026, month: 11, day: 24)?.text == "2026-11-24")
    }

    @Test(
        arguments: [
            ("Asia/Seoul", 1_795_445_999_999, "2026-11-23"), ("Asia/Seoul", 1_795_446_000_000, "2026-11-24"),
            ("UTC", 1_795_446_000_000, "2026-11-23"), ("Pacific/Kiritimati", 1_795_428_000_000, "2026-11-24"),
            ("Pacific/Pago_Pago", 1_795_446_000_000, "2026-11-23"), ("UTC", -1, "1969-12-31"), ("UTC", 0, "1970-01-01"),
            // Summer time ends in New York on 2026-11-01 at 06:00 UTC.
            ("America/New_York", 1_793_505_599_000, "2026-10-31"),
            ("America/New_York", 1_793_505_600_000, "2026-11-01"),
            ("America/New_York", 1_793_595_599_000, "2026-11-01"),
            ("America/New_York", 1_793_595_600_000, "2026-11-02"),
        ]
    )
    func `begins at midnight of its time zone`(timeZone: String, milliseconds: Int64, day: String) {
        #expect(Day(of: Instant(milliseconds: milliseconds), in: timeZone).text == day)
    }
}
