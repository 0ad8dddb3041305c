/// A date as people write it, of which the year, and in `24일` the month, may be left out.
struct CalendarDate: Equatable {
    /// Nil for the next such day.
    var year: Int?
    /// Nil for the next such day of a month.
    var month: Int?
    var day: Int
    /// The weekday written beside it, `11/24(화)`: 1 for Monday to 7 for Sunday.
    var weekday: Int?
    /// `26/11/24`: whether that begins with the year, the month or the day depends on who reads it.
    var isYearUnclear = false

    enum Fault: Error {
        case yearUnclear
        case noSuchDate
        case otherWeekday(of: Day)
    }

    /// The day that is meant when it is `today`.
    func day(from today: Day) throws(Fault) -> Day {
        if isYearUnclear { throw .yearUnclear }
        guard let found = nextDay(from: today) else { throw .noSuchDate }
        if let weekday, weekday != found.weekday { throw .otherWeekday(of: found) }
        return found
    }

    private func nextDay(from today: Day) -> Day? {
        if let year, let month { return Day(year: year, month: month, day: day) }
        let (thisYear, thisMonth, _) = today.components
        // The 29th of February can be eight years away (1896 to 1904, 2096 to 2104), a 31st two months.
        let candidates =
            month.map { month in (0...8).map { (year: thisYear + $0, month: month) } }
            ?? (0...2)
            .map { offset in
                (year: thisYear + (thisMonth - 1 + offset) / 12, month: (thisMonth - 1 + offset) % 12 + 1)
            }
        for candidate in candidates {
            if let found = Day(year: candidate.year, month: candidate.month, day: day), found >= today { return found }
        }
        return nil
    }
}
