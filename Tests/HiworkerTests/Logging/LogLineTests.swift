import BSON
import Foundation
import Logging
import Testing

@testable import hiworker

@Suite struct `A log line` {
    private func line(_ message: String, _ metadata: Logger.Metadata = [:], level: Logger.Level = .info) -> LogLine {
        LogLine(date: Date(timeIntervalSince1970: 1_795_000_000.5), level: level, message: message, metadata: metadata)
    }

    @Test func `is time, level, message and metadata in order of their names`() {
        let line = line("the server listens", ["port": "8080", "address": "::1"], level: .notice)
        #expect(line.text == "2026-11-18T11:06:40.500Z notice   the server listens address=::1 port=8080")
    }

    @Test(arguments: [
        ("plain", "plain"), ("", #""""#), ("two words", #""two words""#), ("a=b", #""a=b""#), ("a\nb", #""a\nb""#),
        ("예약", "예약"),
    ])
    func `quotes values that could be mistaken`(_ value: String, _ text: String) {
        #expect(line("m", ["k": "\(value)"]).text.hasSuffix(" m k=\(text)"))
    }

    @Test func `stays one line whatever the message says`() {
        #expect(line("a\nb\u{1b}c").text.hasSuffix(#"info     a\u{a}b\u{1b}c"#))
    }

    @Test func `is a JSON object for machines`() throws {
        let line = line("m\n", ["count": .stringConvertible(3), "list": ["a"], "more": ["k": "v"], "level": "mine"])
        let json = try JSON(parsing: line.json)
        #expect(
            json == [
                "time": "2026-11-18T11:06:40.500Z", "level": "info", "message": "m\n",
                "count": "3", "level_": "mine", "list": ["a"], "more": ["k": "v"],
            ]
        )
        #expect(!line.json.contains("\n"))
    }
}
