import BSON
import Testing

@Suite("Parsing JSON")
struct JSONParsingTests {
    @Test(
        "Values are read as what they are",
        arguments: [
            ("null", .null), ("true", .bool(true)), ("false", .bool(false)), (" \t\r\n1 \t\r\n", .integer(1)),
            ("\"\"", .string("")), ("[]", .array([])), ("[ ]", .array([])), ("{}", .object([:])), ("{ }", .object([:])),
            ("[1,[2,[3]]]", [1, [2, [3]]]), ("[null , true]", [.null, true]),
            (#"{"a":1 , "b" : {"c":[]}}"#, ["a": 1, "b": ["c": []]]),
            (#"{"":0}"#, ["": 0]), (#"{"a.b":1,"$c":2}"#, ["a.b": 1, "$c": 2]),
        ] as [(String, JSON)]
    )
    func values(text: String, expected: JSON) throws {
        #expect(try JSON(parsing: text) == expected)
    }

    @Test(
        "Whole numbers of 64 bits stay whole, all others are doubles",
        arguments: [
            ("0", .integer(0)), ("-0", .integer(0)), ("-1", .integer(-1)), ("10", .integer(10)),
            ("9007199254740993", .integer(9_007_199_254_740_993)),
            ("9223372036854775807", .integer(.max)), ("-9223372036854775808", .integer(.min)),
            ("9223372036854775808", .number(9_223_372_036_854_775_808)),
            ("-9223372036854775809", .number(-9_223_372_036_854_775_808)),
            ("1.0", .number(1)), ("-0.0", .number(0)), ("0.1", .number(0.1)), ("1e2", .number(100)),
            ("1E+2", .number(100)), ("1.5e-3", .number(0.0015)), ("0e0", .number(0)), ("1e-999", .number(0)),
            ("5e-324", .number(.leastNonzeroMagnitude)), ("1.7976931348623157e308", .number(.greatestFiniteMagnitude)),
            ("2.2250738585072011e-308", .number(.leastNormalMagnitude.nextDown)),
        ] as [(String, JSON)]
    )
    func numbers(text: String, expected: JSON) throws {
        #expect(try JSON(parsing: text) == expected)
        #expect(try JSON(parsing: "[\(text)]") == [expected])
    }

    @Test("Minus zero keeps its sign when it is a double")
    func minusZero() throws {
        #expect(try JSON(parsing: "-0.0").number?.sign == .minus)
    }

    @Test(
        "Escapes and plain UTF-8 give the same strings",
        arguments: [
            (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{c}\n\r\t"), (#""\u0041\u00e9\uD55C\uac00""#, "Aé한가"),
            (#""\uD83C\uDFE2""#, "🏢"), (#""a\uDBFF\uDFFFb""#, "a\u{10FFFF}b"), (#""\u0000""#, "\0"),
            (#""\uFEFF\uFFFF""#, "\u{FEFF}\u{FFFF}"), ("\"회의실 10:00~11:00\"", "회의실 10:00~11:00"),
            ("\"\u{7F}\u{80}\u{2028}\u{10FFFF}\"", "\u{7F}\u{80}\u{2028}\u{10FFFF}"), (#""\\u0041""#, "\\u0041"),
            (#""end\\""#, "end\\"), (#""/""#, "/"),
        ]
    )
    func strings(text: String, expected: String) throws {
        let parsed = try JSON(parsing: text).string
        #expect(parsed.map { Array($0.utf8) } == Array(expected.utf8))
    }

    @Test("Decomposed Hangul stays decomposed")
    func noNormalisation() throws {
        let decomposed = "\u{1112}\u{116C}"
        #expect(try JSON(parsing: "\"\(decomposed)\"").bytes == Array("\"\(decomposed)\"".utf8))
        #expect(try JSON(parsing: "\"\(decomposed)\"") != JSON(parsing: "\"회\""))
    }

    @Test("Names that look alike but differ in their bytes are two names")
    func canonicallyEquivalentNames() throws {
        let object = try JSON(parsing: "{\"\u{1112}\u{116C}\":1,\"회\":2}").object
        #expect(object?["\u{1112}\u{116C}"] == 1)
        #expect(object?["회"] == 2)
    }

    @Test("The order of names is kept")
    func order() throws {
        #expect(try JSON(parsing: #"{"b":1,"a":2,"c":3}"#).object?.keys == ["b", "a", "c"])
    }

    @Test("Nesting is allowed as deep as the caller says, in arrays and objects alike")
    func depth() throws {
        func nested(_ levels: Int, _ open: String, _ close: String) -> String {
            String(repeating: open, count: levels) + "1" + String(repeating: close, count: levels)
        }
        for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
            #expect(throws: Never.self) { try JSON(parsing: nested(32, open, close)) }
            let error = #expect(throws: JSONError.self) { try JSON(parsing: nested(33, open, close)) }
            #expect(error?.code == .tooDeep)
            #expect(error?.offset == 32 * open.count)
            #expect(throws: Never.self) { try JSON(parsing: nested(3, open, close), maximumDepth: 3) }
            #expect(throws: JSONError.self) { try JSON(parsing: nested(4, open, close), maximumDepth: 3) }
            #expect(throws: Never.self) { try JSON(parsing: nested(128, open, close), maximumDepth: .max) }
            #expect(throws: JSONError.self) { try JSON(parsing: nested(129, open, close), maximumDepth: .max) }
            #expect(throws: JSONError.self) { try JSON(parsing: nested(100_000, open, close), maximumDepth: .max) }
        }
        #expect(try JSON(parsing: "1", maximumDepth: 0) == 1)
        #expect(throws: JSONError.self) { try JSON(parsing: "[]", maximumDepth: 0) }
        // Siblings do not add up.
        #expect(throws: Never.self) { try JSON(parsing: "[[],[],[[]],{},{\"a\":[]}]", maximumDepth: 3) }
    }

    @Test("Bytes of any collection are read alike")
    func collections() throws {
        let bytes = Array(#"xx{"a":[1,"é"]}xx"#.utf8)
        let slice = bytes[2..<(bytes.count - 2)]
        let expected: JSON = ["a": [1, "é"]]
        #expect(try JSON(parsing: slice) == expected)
        #expect(try JSON(parsing: Array(slice)) == expected)
        #expect(try JSON(parsing: slice.lazy.map { $0 }) == expected)
        #expect(try slice.withUnsafeBytes { try JSON(parsing: $0) } == expected)
    }
}
