extension ClockTime {
    /// Takes a time; nil when none stands here. It may be one that no clock shows: see ``exists``.
    init?(_ cursor: inout Cursor) {
        let start = cursor
        guard let time = ClockTime(reading: &cursor) else {
            cursor = start
            return nil
        }
        self = time
    }

    private init?(reading cursor: inout Cursor) {
        if cursor.take("정오") || cursor.take("noon") {
            (hour, half) = (12, .afternoon)
            return
        }
        if cursor.take("자정") || cursor.take("midnight") {
            (hour, half) = (12, .morning)
            return
        }
        half = cursor.takeHalf()
        cursor.skipBlanks()
        guard let number = cursor.takeNumber(digits: 1...2) else { return nil }
        hour = number.value
        if cursor.take(UInt8(ascii: ":")) {
            guard let minute = cursor.takeNumber(digits: 2...2) else { return nil }
            self.minute = minute.value
        } else if cursor.take(afterBlanks: "시") {
            minute = cursor.takeKoreanMinutes()
        }
        if half == nil {
            var attempt = cursor
            attempt.skipBlanks()
            if let behind = attempt.takeEnglishHalf() {
                (half, isHalfBehind) = (behind, true)
                cursor = attempt
            }
        }
    }
}

extension Cursor {
    fileprivate mutating func takeHalf() -> ClockTime.Half? {
        if take("오전") { return .morning }
        if take("오후") { return .afternoon }
        return takeEnglishHalf()
    }

    fileprivate mutating func takeEnglishHalf() -> ClockTime.Half? {
        if take("am") || take("a.m.") || take("a.m") { return .morning }
        if take("pm") || take("p.m.") || take("p.m") { return .afternoon }
        return nil
    }

    /// Takes ` 30분`, ` 반` or nothing.
    fileprivate mutating func takeKoreanMinutes() -> Int {
        if take(afterBlanks: "반") { return 30 }
        var attempt = self
        attempt.skipBlanks()
        guard let minute = attempt.takeNumber(digits: 1...2), attempt.take(afterBlanks: "분") else { return 0 }
        self = attempt
        return minute.value
    }

    fileprivate mutating func take(afterBlanks literal: StaticString) -> Bool {
        var attempt = self
        attempt.skipBlanks()
        guard attempt.take(literal) else { return false }
        self = attempt
        return true
    }
}
