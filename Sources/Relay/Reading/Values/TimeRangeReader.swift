import API
import BSON

/// Reads a `time_range` token: two times of one day and something between them that says so.
///
/// ```
/// 10:00~11:00  10~11  10:00-11:00  10:00 ~ 11:00  10시~11시 반  10시 30분 ~ 11시  오전 10시~오후 1시
/// 오후 2시~4시  2pm-3pm  2-3pm  10:00부터 11:00까지  10시에서 12시  from 10 to 11:30  2:30 p.m. until 4 p.m.
/// ```
struct TimeRangeReader: PhraseReader {
    /// `오전 10 시 30 분 ~ 오후 1 시 30 분 까지`.
    static let maximumWords = 12
    static let unlike = Reason.notATimeRange

    func read(_ phrase: Phrase) -> PhraseReading {
        phrase.withCursor { start in
            var cursor = start
            return Self.read(&cursor)
        }
    }

    private static func read(_ cursor: inout Cursor) -> PhraseReading {
        _ = cursor.take("from ")
        let beforeStart = cursor
        guard let start = ClockTime(&cursor) else { return .unlike }
        let behindStart = cursor
        cursor.skipBlanks()
        let hasSeparator = cursor.takeRangeSeparator()
        if cursor.isAtEnd {
            return start.exists ? .wrong(.endTimeMissing) : noSuchTime(behindStart.taken(since: beforeStart))
        }
        let beforeEnd = cursor
        guard hasSeparator, let end = ClockTime(&cursor) else { return .unlike }
        let behindEnd = cursor
        cursor.skipBlanks()
        _ = cursor.take("까지")
        guard cursor.isAtEnd else { return .unlike }
        guard start.exists else { return noSuchTime(behindStart.taken(since: beforeStart)) }
        guard end.exists else { return noSuchTime(behindEnd.taken(since: beforeEnd)) }
        return range(from: start, to: end)
    }

    /// What looks like `열시~열한시` or `열시 ~ 열한시` was meant as one range.
    func extent(in text: TypedText, from word: Int) -> Int {
        let reach = text.reach(from: word, upTo: 3)
        let tilde = UInt8(ascii: "~")
        guard reach > 1 else { return 1 }
        let second = text.plain[text.words[word + 1].plain]
        if text.plain[text.words[word].plain].last == tilde { return 2 }
        guard second.first == tilde else { return 1 }
        return second.count == 1 ? reach : 2
    }

    private static func noSuchTime(_ typed: String) -> PhraseReading {
        .wrong(.noSuchTime, ["value": typed])
    }

    private static func range(from start: ClockTime, to end: ClockTime) -> PhraseReading {
        let (start, end) = ClockTime.resolve(start, end)
        if start == ClockTime.minutesPerDay { return .wrong(.startsAtEndOfDay) }
        guard start < end else {
            return .wrong(.endNotAfterStart, ["start": ClockTime.text(start), "end": ClockTime.text(end)])
        }
        return .value(.string("\(ClockTime.text(start))~\(ClockTime.text(end))"))
    }
}

extension Cursor {
    /// Takes what stands between two times, with white space around it.
    fileprivate mutating func takeRangeSeparator() -> Bool {
        skipBlanks()
        if take("부터") || take("에서") {
            skipBlanks()
            _ = take("~")
        } else if !take("~"), !take("-"), !take("to "), !take("until "), !take("till ") {
            return false
        }
        skipBlanks()
        return true
    }
}
