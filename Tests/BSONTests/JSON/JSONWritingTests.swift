import BSON
import Testing

@Suite("Writing JSON")
struct JSONWritingTests {
    @Test(
        "Values are written without white space and in their order",
        arguments: [
            (.null, "null"), (true, "true"), (false, "false"), (0, "0"), (.integer(.max), "9223372036854775807"),
            (.integer(.min), "-9223372036854775808"), (1.0, "1.0"), (-0.0, "-0.0"), (0.1, "0.1"), (1e21, "1e+21"),
            (.number(.greatestFiniteMagnitude), "1.7976931348623157e+308"), (.number(.leastNonzeroMagnitude), "5e-324"),
            (.number(.nan), "null"), (.number(.infinity), "null"), (.number(-.infinity), "null"),
            ([], "[]"), ([:], "{}"), ([1, [2.5, "x"], .null], #"[1,[2.5,"x"],null]"#),
            (["b": 1, "a": ["c": []]], #"{"b":1,"a":{"c":[]}}"#), (["\"\n": 1], #"{"\"\n":1}"#),
        ] as [(JSON, String)]
    )
    func values(value: JSON, expected: String) {
        #expect(value.text == expected)
        #expect(value.bytes == Array(expected.utf8))
    }

    @Test(
        "Only what must be escaped is escaped",
        arguments: [
            ("", ""), ("/ < > & ' é 회 🏢 \u{7F} \u{2028}", "/ < > & ' é 회 🏢 \u{7F} \u{2028}"),
            ("\"", #"\""#), ("\\", #"\\"#), ("a\"b\\c", #"a\"b\\c"#), ("\u{8}\u{9}\u{A}\u{C}\u{D}", #"\b\t\n\f\r"#),
            ("\0\u{1}\u{B}\u{1F}", #"\u0000\u0001\u000b\u001f"#), ("\n\n", #"\n\n"#),
        ]
    )
    func escapes(text: String, expected: String) {
        #expect(JSON.string(text).text == "\"\(expected)\"")
    }

    @Test("Writing appends to what is there")
    func appending() {
        var bytes = Array("data: ".utf8)
        JSON.array([1]).write(into: &bytes)
        JSON.Object([("a", 1)]).write(into: &bytes)
        #expect(bytes == Array(#"data: [1]{"a":1}"#.utf8))
    }

    @Test("Doubles of all magnitudes are read back bit by bit", arguments: 0..<4)
    func doubles(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        for _ in 0..<2000 {
            let value = Double(bitPattern: random.next())
            guard value.isFinite else { continue }
            let back = try JSON(parsing: JSON.number(value).bytes)
            guard case .number(let number) = back else {
                Issue.record("\(value) came back as \(back)")
                continue
            }
            #expect(number.bitPattern == value.bitPattern)
        }
    }
}
