import BSON
import Testing

@testable import API

struct NameFieldTests {
    @Test(
        arguments: [
            ("김철수", "김철수"),
            ("Zoë O’Brien-Müller, Jr.", "Zoë O’Brien-Müller, Jr."),
            ("  회의실   예약 ", "회의실 예약"),
            ("회의실\u{3000}봇\u{A0}2", "회의실 봇 2"),
            ("\u{1112}\u{1161}\u{11AB}", "한"),
            ("नमस्ते", "नमस्ते"), ("می\u{200C}خواهم", "می\u{200C}خواهم"), ("٣٤", "٣٤"),
            ("👩\u{200D}💻 봇", "👩\u{200D}💻 봇"), ("C++ #1 (beta) & co.", "C++ #1 (beta) & co."),
        ]
    )
    func `names of any script are taken, with single spaces and composed`(text: String, expected: String) throws {
        let name = try read(text)
        #expect(name.utf8.elementsEqual(expected.utf8))
    }

    @Test(
        arguments: [
            ("", Reason.empty), (" \u{3000} ", .empty), ("a\nb", .invalidName), ("a\tb", .invalidName),
            ("a\u{0}", .invalidName), ("a\u{202E}b", .invalidName), ("a\u{2028}b", .invalidName),
            ("a\u{E000}", .invalidName), ("a\u{FFFF}", .invalidName), ("!?", .invalidName), ("\u{200D}", .invalidName),
            ("👍", .invalidName),
        ]
    )
    func `what hides, reorders or says nothing is refused`(text: String, reason: Reason) {
        #expect(throws: refusal(reason)) { try read(text) }
    }

    @Test
    func `a hundred characters are taken and not one more`() throws {
        #expect(try read(String(repeating: "가", count: 100)).count == 100)
        let decomposed = String(repeating: "\u{1100}\u{1161}", count: 100)
        #expect(try read(decomposed).unicodeScalars.count == 100, "they are counted as they are stored")
        #expect(throws: refusal(.tooLong, ["maximum": "100"])) { try read(String(repeating: "가", count: 101)) }
    }

    @Test(arguments: [JSON.integer(3), .bool(true), [], [:]])
    func `only strings are names`(json: JSON) {
        #expect(throws: refusal(.wrongType, ["expected": "string"])) { try read(json) }
    }

    private func read(_ text: String) throws -> String { try read(.string(text)) }

    private func read(_ json: JSON) throws -> String {
        var fields = FieldReader(["name": json])
        let name = fields.required("name", .name)
        try fields.finish()
        return name
    }

    private func refusal(_ reason: Reason, _ arguments: [String: String] = [:]) -> Problem {
        Problem(.invalidFields, issues: [Problem.Issue(.field(pointer: "/name"), reason, arguments)])
    }
}
