extension CalendarDate {
    /// Reads everything that the cursor has left; nil when that is not written like a date with a number in it.
    ///
    /// ```
    /// 2026-11-24  2026/11/24  2026. 11. 24.  20261124  11/24/2026      11-24  11/24  11.24
    /// 2026년 11월 24일  26년 11월 24일  11월 24일  24일
    /// Nov 24  November 24th, 2026  24 Nov  24th of November 2026  24-Nov-2026  the 24th
    /// ```
    ///
    /// A weekday may stand behind it, `(화)`, `화요일`, `(Tue)`, `Tuesday`, or before it, `Tue, Nov 24`.
    init?(_ cursor: Cursor) {
        var cursor = cursor
        let leading = cursor.takeWeekday()
        if leading != nil { cursor.skipBlanksAndComma() }
        guard var date = Self.monthFirst(&cursor) ?? Self.numberFirst(&cursor) else { return nil }
        date.weekday = cursor.takeTrailingWeekday() ?? leading
        guard cursor.isAtEnd else { return nil }
        self = date
    }

    /// `Nov. 24th, 2026`.
    private static func monthFirst(_ cursor: inout Cursor) -> CalendarDate? {
        var attempt = cursor
        guard let month = attempt.takeMonthName() else { return nil }
        attempt.skipDateSeparator()
        guard let day = attempt.takeNumber(digits: 1...2) else { return nil }
        _ = attempt.takeOrdinal()
        let year = attempt.takeTrailingYear()
        cursor = attempt
        return CalendarDate(year: year, month: month, day: day.value)
    }

    private static func numberFirst(_ cursor: inout Cursor) -> CalendarDate? {
        var attempt = cursor
        let hasArticle = attempt.take("the ")
        guard let number = attempt.takeNumber(digits: 1...8) else { return nil }
        let isOrdinal = attempt.takeOrdinal()
        let date =
            if isOrdinal || hasArticle {
                dayFirst(number, &attempt) ?? (isOrdinal ? CalendarDate(day: number.value) : nil)
            } else {
                korean(number, &attempt) ?? numeric(number, &attempt) ?? dayFirst(number, &attempt)
            }
        guard let date, !isOrdinal || number.digits <= 2 else { return nil }
        cursor = attempt
        return date
    }

    private typealias Number = (value: Int, digits: Int)

    /// `24th of November, 2026` behind its number.
    private static func dayFirst(_ day: Number, _ cursor: inout Cursor) -> CalendarDate? {
        var attempt = cursor
        attempt.skipDateSeparator()
        if attempt.take("of ") { attempt.skipBlanks() }
        guard day.digits <= 2, let month = attempt.takeMonthName() else { return nil }
        let year = attempt.takeTrailingYear()
        cursor = attempt
        return CalendarDate(year: year, month: month, day: day.value)
    }

    /// `2026년 11월 24일`, `11월 24일` or `24일` behind its first number.
    private static func korean(_ first: Number, _ cursor: inout Cursor) -> CalendarDate? {
        var attempt = cursor
        var number = first
        var (year, month): (Int?, Int?)
        attempt.skipBlanks()
        if number.digits == 2 || number.digits == 4, attempt.take("년") {
            year = number.digits == 2 ? 2000 + number.value : number.value
            guard let next = attempt.takeSpacedNumber() else { return nil }
            number = next
            guard attempt.take("월") else { return nil }
            month = number.value
        } else if number.digits <= 2, attempt.take("월") {
            month = number.value
        }
        if month != nil {
            guard let next = attempt.takeSpacedNumber() else { return nil }
            number = next
        }
        guard number.digits <= 2, attempt.take("일") else { return nil }
        cursor = attempt
        return CalendarDate(year: year, month: month, day: number.value)
    }

    /// `2026-11-24`, `11/24`, `2026. 11. 24.` or `20261124` behind its first number.
    private static func numeric(_ first: Number, _ cursor: inout Cursor) -> CalendarDate? {
        if first.digits == 8 {
            return CalendarDate(year: first.value / 10_000, month: first.value / 100 % 100, day: first.value % 100)
        }
        var attempt = cursor
        guard let separator = attempt.takeNumericSeparator(), let second = attempt.takeNumber(digits: 1...2) else {
            return nil
        }
        let afterSecond = attempt
        guard attempt.takeSeparator(separator) else {
            cursor = afterSecond
            return first.digits <= 2 ? CalendarDate(month: first.value, day: second.value) : nil
        }
        guard let third = attempt.takeNumber(digits: 1...4) else {
            // `11. 24.`: the full stop that ends a Korean date.
            guard separator == UInt8(ascii: "."), first.digits <= 2 else { return nil }
            cursor = attempt
            return CalendarDate(month: first.value, day: second.value)
        }
        if separator == UInt8(ascii: ".") { _ = attempt.take(separator) }
        cursor = attempt
        switch (first.digits, third.digits) {
        case (4, 1...2): return CalendarDate(year: first.value, month: second.value, day: third.value)
        case (1...2, 4) where separator == UInt8(ascii: "/"):
            return CalendarDate(year: third.value, month: first.value, day: second.value)
        case (1...2, 2): return CalendarDate(day: third.value, isYearUnclear: true)
        default: return nil
        }
    }
}

extension Cursor {
    fileprivate mutating func skipBlanksAndComma() {
        skipBlanks()
        _ = take(UInt8(ascii: ","))
        skipBlanks()
    }

    /// What may stand between a day and the name of a month.
    fileprivate mutating func skipDateSeparator() {
        skipBlanks()
        if !take(UInt8(ascii: "-")), !take(UInt8(ascii: "/")) { _ = take(UInt8(ascii: ".")) }
        skipBlanks()
    }

    fileprivate mutating func takeNumericSeparator() -> UInt8? {
        for separator in [UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: ".")] where takeSeparator(separator) {
            return separator
        }
        return nil
    }

    /// Takes a separator of numbers; white space may follow a full stop: `2026. 11. 24.`
    fileprivate mutating func takeSeparator(_ separator: UInt8) -> Bool {
        guard take(separator) else { return false }
        if separator == UInt8(ascii: ".") { skipBlanks() }
        return true
    }

    /// Takes a number of one or two digits with white space around it.
    fileprivate mutating func takeSpacedNumber() -> (value: Int, digits: Int)? {
        skipBlanks()
        guard let number = takeNumber(digits: 1...2) else { return nil }
        skipBlanks()
        return number
    }

    fileprivate mutating func takeOrdinal() -> Bool {
        take("st") || take("nd") || take("rd") || take("th")
    }

    /// Takes `, 2026`, ` 2026`, `-2026` or nothing.
    fileprivate mutating func takeTrailingYear() -> Int? {
        var attempt = self
        attempt.skipBlanksAndComma()
        attempt.skipDateSeparator()
        guard let year = attempt.takeNumber(digits: 4...4) else { return nil }
        self = attempt
        return year.value
    }

    /// Takes the English name of a month or its first letters and gives its number.
    fileprivate mutating func takeMonthName() -> Int? {
        for (index, names) in Self.months.enumerated() where take(anyOf: names) {
            _ = take(UInt8(ascii: "."))
            return index + 1
        }
        return nil
    }

    /// Takes the full name of a weekday in either language, or its English short form.
    fileprivate mutating func takeWeekday() -> Int? {
        for weekday in Weekday.all where take(weekday.korean) || take(anyOf: weekday.english) {
            _ = take(UInt8(ascii: "."))
            return weekday.number
        }
        return nil
    }

    /// Takes `(화)`, ` 화요일`, `(Tue)` or `, Tuesday` and gives its number.
    fileprivate mutating func takeTrailingWeekday() -> Int? {
        var attempt = self
        attempt.skipBlanksAndComma()
        var weekday: Int?
        if attempt.take(UInt8(ascii: "(")) {
            weekday = attempt.takeWeekday() ?? Weekday.all.first { attempt.take($0.syllable) }?.number
            guard attempt.take(UInt8(ascii: ")")) else { return nil }
        } else {
            weekday = attempt.takeWeekday()
        }
        guard let weekday else { return nil }
        self = attempt
        return weekday
    }

    private static let months: [[StaticString]] = [
        ["january", "jan"], ["february", "feb"], ["march", "mar"], ["april", "apr"], ["may"], ["june", "jun"],
        ["july", "jul"], ["august", "aug"], ["september", "sept", "sep"], ["october", "oct"], ["november", "nov"],
        ["december", "dec"],
    ]
}
