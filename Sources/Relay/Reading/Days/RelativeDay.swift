/// A day named by its distance from today or by its weekday: `내일`, `다음 주 화요일`, `next Tuesday`.
enum RelativeDay: Sendable, Hashable {
    /// This many days after today, before it when negative.
    case days(Int)
    /// The next such weekday, 1 for Monday to 7 for Sunday; today when it is one.
    case next(weekday: Int)
    /// The weekday of this week (0), the next (1) or another; weeks begin on Monday.
    case weekday(Int, week: Int)

    func day(from today: Day) -> Day {
        switch self {
        case .days(let days): today.adding(days)
        case .next(let weekday): today.adding((weekday - today.weekday + 7) % 7)
        case .weekday(let weekday, let week): today.adding(weekday - today.weekday + 7 * week)
        }
    }

    /// Takes a name as ``folded(_:)`` leaves it.
    init?(named name: String) {
        guard let day = Self.names[name] else { return nil }
        self = day
    }

    /// What is left of a name when white space, full stops, commas and the case of ASCII letters do not count. Nil when
    /// that is longer than any name.
    static func folded(_ cursor: Cursor) -> String? {
        var bytes: [UInt8] = []
        for byte in cursor.rest {
            if byte == UInt8(ascii: " ") || byte == UInt8(ascii: ".") || byte == UInt8(ascii: ",") { continue }
            guard bytes.count < longestName else { return nil }
            bytes.append(byte.lowercased)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static let longestName = names.keys.map(\.utf8.count).max() ?? 0

    private static let names: [String: RelativeDay] = {
        var names: [String: RelativeDay] = [
            "오늘": .days(0), "금일": .days(0), "today": .days(0),
            "내일": .days(1), "명일": .days(1), "tomorrow": .days(1),
            "모레": .days(2), "내일모레": .days(2), "dayaftertomorrow": .days(2), "thedayaftertomorrow": .days(2),
            "글피": .days(3),
            "어제": .days(-1), "yesterday": .days(-1),
            "그제": .days(-2), "그저께": .days(-2), "daybeforeyesterday": .days(-2), "thedaybeforeyesterday": .days(-2),
        ]
        let koreanWeeks = [
            "지난주": -1, "저번주": -1, "이번주": 0, "금주": 0, "다음주": 1, "담주": 1, "차주": 1, "다다음주": 2,
        ]
        let englishWeeks = [
            "last": -1, "lastweek": -1, "this": 0, "thisweek": 0, "next": 1, "nextweek": 1,
        ]
        for weekday in Weekday.all {
            names["\(weekday.korean)"] = .next(weekday: weekday.number)
            for (week, offset) in koreanWeeks {
                names["\(week)\(weekday.korean)"] = .weekday(weekday.number, week: offset)
                // The syllable alone is a weekday only behind a week: `다음 주 화`.
                names["\(week)\(weekday.syllable)"] = .weekday(weekday.number, week: offset)
            }
            for name in weekday.english {
                names["\(name)"] = .next(weekday: weekday.number)
                for (week, offset) in englishWeeks {
                    names["\(week)\(name)"] = .weekday(weekday.number, week: offset)
                    if week.hasSuffix("week") { names["\(name)\(week)"] = .weekday(weekday.number, week: offset) }
                }
            }
        }
        return names
    }()
}
