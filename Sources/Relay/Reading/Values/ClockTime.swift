/// A time of day as people write it, of which the half of the day may be left out: `10:30`, `오후 2시 반`, `2pm`, `자정`.
struct ClockTime {
    /// As written: 0 to 99.
    var hour: Int
    var minute = 0
    var half: Half?
    /// `2pm` rather than `pm 2`: then a half that the start lacks may come from the end, `2-3pm`.
    var isHalfBehind = false

    enum Half {
        case morning, afternoon
    }

    static let minutesPerDay = 24 * 60

    /// Whether a clock shows it: 00:00 to 24:00; before noon 0 to 12, after noon up to 23, as in `오후 14시`.
    var exists: Bool {
        guard minute < 60 else { return false }
        return switch half {
        case nil: hour < 24 || (hour == 24 && minute == 0)
        case .morning: hour <= 12
        case .afternoon: hour < 24
        }
    }

    /// The minutes since midnight of the start and the end of a range, where a half of the day that one of them lacks
    /// follows from the other. The end may still lie before the start.
    ///
    /// - An end without one is the first such time of the 12-hour clock after a start with one: `오후 2시~4시` ends at
    ///   16:00, `오전 10시~1시` at 13:00.
    /// - A start without one takes that of an end that has it behind, `2-3pm`, if it then still lies before the end:
    ///   `11-1pm` begins at 11:00. A Korean end says nothing of its start: `9시~오후 6시` begins at 09:00.
    /// - Midnight as an end (`자정`, `12am`) is the end of the day.
    static func resolve(_ start: ClockTime, _ end: ClockTime) -> (start: Int, end: Int) {
        var (startMinutes, endMinutes) = (start.minutes(start.half), end.minutes(end.half))
        if end.half == .morning, endMinutes == 0 { endMinutes = minutesPerDay }
        if start.half != nil, end.half == nil, (1...12).contains(end.hour) {
            let twelve = end.hour % 12 * 60 + end.minute
            let candidates = [twelve, twelve + 12 * 60] + (twelve == 0 ? [minutesPerDay] : [])
            endMinutes = candidates.first { $0 > startMinutes } ?? end.minutes(start.half)
        }
        if start.half == nil, end.isHalfBehind, (1...12).contains(start.hour) {
            let shared = start.minutes(end.half)
            if shared < endMinutes { startMinutes = shared }
        }
        return (startMinutes, endMinutes)
    }

    /// Minutes since midnight as `09:30`.
    static func text(_ minutes: Int) -> String {
        Digits.text(minutes / 60, 2) + ":" + Digits.text(minutes % 60, 2)
    }

    private func minutes(_ half: Half?) -> Int {
        switch half {
        case nil: hour * 60 + minute
        case .morning: hour % 12 * 60 + minute
        case .afternoon: (hour < 12 ? hour + 12 : hour) * 60 + minute
        }
    }
}
