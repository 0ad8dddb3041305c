/// The names of one day of the week.
struct Weekday: Sendable {
    /// 1 for Monday to 7 for Sunday (ISO 8601).
    let number: Int
    let korean: StaticString
    /// The first syllable of the Korean name.
    let syllable: StaticString
    /// Lower case, the longest first.
    let english: [StaticString]

    static let all: [Weekday] = [
        Weekday(number: 1, korean: "월요일", syllable: "월", english: ["monday", "mon"]),
        Weekday(number: 2, korean: "화요일", syllable: "화", english: ["tuesday", "tues", "tue"]),
        Weekday(number: 3, korean: "수요일", syllable: "수", english: ["wednesday", "wed"]),
        Weekday(number: 4, korean: "목요일", syllable: "목", english: ["thursday", "thurs", "thur", "thu"]),
        Weekday(number: 5, korean: "금요일", syllable: "금", english: ["friday", "fri"]),
        Weekday(number: 6, korean: "토요일", syllable: "토", english: ["saturday", "sat"]),
        Weekday(number: 7, korean: "일요일", syllable: "일", english: ["sunday", "sun"]),
    ]
}
