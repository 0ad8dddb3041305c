import Testing

@testable import Relay

@Suite
struct `Cutting a text into words` {
    private func contents(_ text: TypedText) -> [String] {
        text.words.map { String(decoding: text.typed[$0.content], as: UTF8.self) }
    }

    @Test(
        arguments: [
            ("", []), (" \t\n\u{3000}\u{A0}", []), ("가", ["가"]), ("가 나", ["가", "나"]),
            ("  가\u{3000}\r\n나  ", ["가", "나"]),
            ("\"가 나\" 다", ["가 나", "다"]), ("'가 나' 다", ["가 나", "다"]), ("“가 나” ‘다 라’", ["가 나", "다 라"]),
            ("don't can't", ["don't", "can't"]), ("'don't stop' x", ["don't stop", "x"]), ("5\" 7\"", ["5\"", "7\""]),
            ("\"가\"나 다\" 라", ["가\"나 다", "라"]), ("\"\" ''", ["", ""]), ("\"\"\"", ["\""]),
            ("가 \"나 다", ["가", "나 다"]), ("\"가' 나", ["가' 나"]), ("\"가 \t", ["가"]), ("\"", [""]),
            ("가\"나 다\"", ["가\"나", "다\""]),
            ("\u{FEFF}\u{200B}가\u{200B} \u{200B} 나", ["가\u{200B}", "나"]), ("\"가\"\u{200B} 나", ["가", "나"]),
        ] as [(String, [String])]
    )
    func `at white space, quotes keeping together`(text: String, words: [String]) {
        let cut = TypedText(text)
        #expect(contents(cut).map { Array($0.utf8) } == words.map { Array($0.utf8) })
    }

    @Test(
        arguments: [
            ("가　나", "가 나"), ("／예약　１０：００～１１：００", "/예약 10:00~11:00"), ("“대　회의실”", "대 회의실"), ("a–b—c−d‐e", "a-b-c-d-e"),
            ("∼〜～~", "~~~~"), ("don’t «가 나»", "don't 가 나"), ("가\u{200B}나 \u{202A}다\u{202C}", "가나 다"), ("👨‍👩‍👧 ㅋㅋ", "👨‍👩‍👧 ㅋㅋ"),
            ("＠Ｋｉｍ　（영업）", "@Kim (영업)"), ("“가～나”", "가~나"), ("\u{1112}\u{1161}\u{11AB}", "한"),
        ]
    )
    func `with a plain form beside what was typed`(text: String, plain: String) {
        #expect(TypedText(text).plain == Array(plain.utf8))
    }

    @Test(arguments: [("가", [TypedText.Quoting.none]), ("\"가\" 나 '다", [.quoted, .none, .unclosed]), ("''", [.quoted])])
    func `knows which were quoted and which quote is open`(text: String, quoting: [TypedText.Quoting]) {
        #expect(TypedText(text).words.map(\.quoting) == quoting)
    }

    @Test func `gives the rest of a text as it was typed`() {
        let text = TypedText("/말　 그는 “안녕”  이라고～ \n")
        #expect(text.rest(from: 1) == "그는 “안녕”  이라고～")
        #expect(text.rest(from: 2) == "“안녕”  이라고～")
        #expect(text.rest(from: 9) == "")
    }

    @Test func `lets quoted words stand alone`() {
        let text = TypedText("가 나 \"다\" 라")
        #expect((0..<4).map { text.reach(from: $0, upTo: 3) } == [2, 1, 1, 1])
        #expect(text.reach(from: 0, upTo: 1) == 1)
    }
}
