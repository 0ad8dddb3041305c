import API
import BSON

/// Reads a `date` token: by number (``CalendarDate``) or by name (``RelativeDay``).
struct DateReader: PhraseReader {
    /// `the 24th of November 2026 Tuesday`, `2026 년 11 월 24 일 (화)`.
    static let maximumWords = 7
    static let unlike = Reason.notADate

    /// Today in the company's time zone.
    let today: Day

    func read(_ phrase: Phrase) -> PhraseReading {
        phrase.withCursor { cursor in
            if let name = RelativeDay.folded(cursor), let day = RelativeDay(named: name) {
                return .value(.string(day.day(from: today).text))
            }
            return CalendarDate(cursor).map(read) ?? .unlike
        }
    }

    private func read(_ date: CalendarDate) -> PhraseReading {
        do throws(CalendarDate.Fault) {
            return .value(.string(try date.day(from: today).text))
        } catch {
            return switch error {
            case .yearUnclear: .wrong(.yearUnclear)
            case .noSuchDate: .wrong(.noSuchDate)
            case .otherWeekday(let day): .wrong(.otherWeekday, ["date": day.text])
            }
        }
    }
}
