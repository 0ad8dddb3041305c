import Testing

@testable import hiworker

@Suite struct `Text on a terminal` {
    @Test(arguments: [
        ("", 0), ("abc", 3), ("예약봇", 6), ("S1 회의실", 9), ("ａ", 2), ("日本", 4), ("é", 1), ("e\u{301}", 1), ("👍", 2),
        ("“a”", 3),
        ("\u{1112}\u{1161}\u{11ab}", 2),
    ])
    func `has a width`(_ text: String, _ width: Int) {
        #expect(TerminalText.width(text) == width)
    }

    @Test(arguments: [
        ("plain 예약", "plain 예약"), ("\u{1b}[31mred", #"\u{1b}[31mred"#), ("a\nb\tc", #"a\u{a}b\u{9}c"#),
        ("\u{202e}drawkcab", #"\u{202e}drawkcab"#), ("\u{9b}31m", #"\u{9b}31m"#),
    ])
    func `has no control characters`(_ text: String, _ safe: String) {
        #expect(TerminalText.safe(text) == safe)
    }

    @Test func `keeps the lines of a reply`() {
        #expect(TerminalText.safe("a\n\tb\u{7}", keepingLines: true) == "a\n\tb\\u{7}")
    }

    @Test func `lines up in columns`() {
        var table = TextTable(["ID", "NAME", "X"])
        table.append(["bot_1", "예약봇", "1"])
        table.append(["bot_22", "b\n", "–"])
        #expect(
            table.lines == [
                "ID      NAME    X",
                "bot_1   예약봇  1",
                #"bot_22  b\u{a}  –"#,
            ]
        )
    }
}
