import BSON
import Directory
import Testing

@testable import Relay

@Suite
struct `Reading random texts` {
    private let now = Instant(milliseconds: 1_795_397_400_000)

    @Test(arguments: 0..<20)
    func `gives the same twice, and once more when what was read is written out`(seed: UInt64) throws {
        let reader = try ReadingVectors.shared.company.reader(now: now)
        var texts = RandomTexts(seed: seed, routes: reader.directory.bots.flatMap(\.commands))
        var rewritten = 0
        for _ in 0..<500 {
            let text = texts.next()
            let outcome = ReadingOutcome(of: text, reader)
            #expect(ReadingOutcome(of: text, reader) == outcome, "\(text.debugDescription)")
            guard case .read = outcome else { continue }
            let reading = try reader.read(TypedText(text))
            guard let written = WrittenReading.text(of: reading) else { continue }
            #expect(
                ReadingOutcome(of: written, reader) == outcome,
                "\(text.debugDescription), \(written.debugDescription)"
            )
            rewritten += 1
        }
        #expect(rewritten > 100, "most of the texts should mean something")
    }

    @Test(
        .timeLimit(.minutes(1)),
        arguments: [
            ("/말 ", "\u{316}\u{301}"), ("/말 \"", "\" "), ("/말 ", "\" ' "), ("/말 ", "'a "), ("/말 \"", "\"\u{200B}"),
            ("@", "a "), ("", "/ "),
            ("/말", "가"), ("/방 ", "대 "), ("/방 ", "가"), ("/수 ", "1"), ("/수 ", "1,"), ("/시간 ", "1"), ("/시간 ", "오전 "),
            ("/날짜 ", "월요일 "),
            ("/날짜 ", "11. "), ("/사람 ", "@"), ("/사람 ", "a "), ("/사람 ", "<"), ("/일정 ", "내일 10~11 "), ("/도움 ", "가 "),
            ("/말 ", "\u{1112}\u{1161}\u{11AB}"), ("/예약 ", "회의싱 "),
        ]
    )
    func `takes time in proportion to their length`(beginning: String, repeated: String) throws {
        let reader = try ReadingVectors.shared.company.reader(now: now)
        let text = beginning + String(repeating: repeated, count: (1 << 18) / repeated.utf8.count)
        _ = ReadingOutcome(of: text, reader)
        _ = HelpRequest(TypedText(text)).map { reader.routes(for: $0) }
    }

    @Test func `stays within its bound when a command has a thousand readings`() throws {
        let values = (1...12).map { Array(repeating: "a", count: $0).joined(separator: " ") }
        let tokens = (0..<20).map { Token(key: "k\($0)", label: "값", type: .choice, values: values) }
        func match(_ words: Int, _ last: String) -> Bool {
            let matcher = TokenMatcher(
                text: TypedText(String(repeating: "a ", count: words) + last),
                firstWord: 0,
                tokens: tokens,
                today: { Day(number: 0) },
                directory: CompanyDirectory(snapshot: Snapshot(), company: TestCompany.domain)
            )
            let matched = matcher.match() != nil
            #expect(matched || !matcher.issues().isEmpty)
            return matched
        }
        #expect(match(20, ""))
        #expect(match(100, ""))
        #expect(match(240, ""))
        #expect(!match(240, "b"))
        #expect(!match(100, "b"))
        #expect(!match(241, ""))
    }
}

/// Texts that begin with a command, mostly, and go on with values, scraps of values and noise.
private struct RandomTexts {
    private var generator: SeededGenerator
    private let routes: [Command]

    init(seed: UInt64, routes: [Command]) {
        generator = SeededGenerator(seed: seed)
        self.routes = routes
    }

    mutating func next() -> String {
        guard Int.random(in: 0..<10, using: &generator) > 0, let command = routes.randomElement(using: &generator)
        else {
            return noise()
        }
        var text = command.name.text
        for token in command.tokens where token.required || Bool.random(using: &generator) {
            text += pick([" ", " ", " ", "  ", "\u{3000}", "\n", "\u{A0}\t"]) + value(of: token)
        }
        return Int.random(in: 0..<10, using: &generator) == 0 ? text + " " + noise() : text
    }

    private mutating func value(of token: Token) -> String {
        let value =
            switch token.type {
            case .text:
                pick(["안녕", "안녕 세계", "don't", "\"가 나\"", "‘it’s’", "가 \"나\"", "'", "\"a' b\"", "／～", "e\u{301}"])
            case .choice: pick(token.values)
            case .number: pick(["0", "12", "-3.5", "1,200", "1,20", ".5", "+7", "１２", "1e3", "99999999999999999999"])
            case .date:
                pick(["내일", "11/24", "다음 주 화요일", "2월 30일", "Nov 24, 2026", "24일", "2026. 11. 24.", "월요일", "(화)"])
            case .timeRange:
                pick(["10~11", "오전 10시 ~ 오후 1시 반", "2-3pm", "11~10", "10시~24시", "10:00～11:00", "10시", "정오~1시"])
            case .member:
                pick(["@김철수", "남궁 민", "이영희", "@kim@example.com", "Pat O’Brien", "박민수(park@example.com)", "없음"])
            }
        switch Int.random(in: 0..<12, using: &generator) {
        case 0: return "\"\(value)\""
        case 1: return "“\(value)”"
        case 2: return String(value.dropLast())
        case 3: return value + noise()
        default: return value
        }
    }

    private mutating func noise() -> String {
        let scraps = [
            "/", "@", "\"", "'", "“", "’", " ", "\u{3000}", "~", "-", ":", ",", ".", "0", "12", "시", "분", "오전", "pm",
            "월", "일", "요일", "a", "한",
            "\u{1112}", "\u{1161}", "\u{11AB}", "\u{301}", "\u{200B}", "\u{FEFF}", "👨‍👩‍👧", "\u{0}", "\u{2028}",
            "\u{10FFFF}", "＠", "１",
        ]
        return (0..<Int.random(in: 0...6, using: &generator)).map { _ in pick(scraps) }.joined()
    }

    private mutating func pick(_ choices: [String]) -> String {
        choices.randomElement(using: &generator) ?? ""
    }
}

/// A reading written as a text that means the same.
private enum WrittenReading {
    /// Nil when a value holds both quotes and cannot be written.
    static func text(of reading: Reading) -> String? {
        let command = reading.route.command
        var text = command.name.text
        for token in command.tokens {
            guard let value = reading.tokens[token.key] else { break }
            guard let written = written(value, token.type) else { return nil }
            text += " " + written
        }
        return text
    }

    private static func written(_ value: JSON, _ type: TokenType) -> String? {
        switch type {
        case .text, .choice: value.string.flatMap(quoted)
        case .date, .timeRange: value.string
        case .member: value["id"]?.string.map { "@" + $0 }
        case .number: value.text.contains("e") ? nil : value.text
        }
    }

    private static func quoted(_ value: String) -> String? {
        ["\"\(value)\"", "'\(value)'"]
            .first { candidate in
                let text = TypedText(candidate)
                return text.words.count == 1 && text.words[0].quoting == .quoted && text.phrase(0..<1).typed == value
            }
    }
}
