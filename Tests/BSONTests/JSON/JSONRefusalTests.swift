import BSON
import Testing

@Suite("JSON that is refused")
struct JSONRefusalTests {
    @Test(
        "Each error has its code and its place",
        arguments: [
            ("", .empty, 0), (" \n", .empty, 2),
            // Text that ends too early.
            ("[", .unexpectedEnd, 1), ("[1", .unexpectedEnd, 2), ("[1,", .unexpectedEnd, 3), ("{", .unexpectedEnd, 1),
            (#"{"a"#, .unexpectedEnd, 3), (#"{"a""#, .unexpectedEnd, 4), (#"{"a":"#, .unexpectedEnd, 5),
            (#"{"a":1"#, .unexpectedEnd, 6), (#"{"a":1,"#, .unexpectedEnd, 7), ("\"", .unexpectedEnd, 1),
            (#""\"#, .unexpectedEnd, 2), (#""\u12"#, .unexpectedEnd, 5), ("-", .unexpectedEnd, 1),
            ("1.", .unexpectedEnd, 2), ("1e", .unexpectedEnd, 2), ("1e-", .unexpectedEnd, 3),
            ("tru", .unexpectedEnd, 3),
            // Things in the wrong place.
            ("]", .unexpectedByte, 0), ("}", .unexpectedByte, 0), (",", .unexpectedByte, 0),
            ("[,1]", .unexpectedByte, 1),
            ("[1,]", .unexpectedByte, 3), ("[1,,2]", .unexpectedByte, 3), ("[1 2]", .unexpectedByte, 3),
            ("[1}", .unexpectedByte, 2), (#"{"a":1]"#, .unexpectedByte, 6), (#"{"a":1,}"#, .unexpectedByte, 7),
            (#"{"a" 1}"#, .unexpectedByte, 5), (#"{"a",1}"#, .unexpectedByte, 4), (#"{,}"#, .unexpectedByte, 1),
            ("{a:1}", .unexpectedByte, 1), ("{1:1}", .unexpectedByte, 1), ("{null:1}", .unexpectedByte, 1),
            ("{'a':1}", .unexpectedByte, 1), ("'a'", .unexpectedByte, 0), ("// c\n1", .unexpectedByte, 0),
            ("/* c */1", .unexpectedByte, 0), ("+1", .unexpectedByte, 0), (".5", .unexpectedByte, 0),
            ("\u{A0}1", .unexpectedByte, 0), ("\u{B}1", .unexpectedByte, 0), ("\u{C}1", .unexpectedByte, 0),
            ("\u{2028}1", .unexpectedByte, 0), ("\0", .unexpectedByte, 0), ("Infinity", .unexpectedByte, 0),
            ("NaN", .unexpectedByte, 0), ("undefined", .unexpectedByte, 0), ("True", .unexpectedByte, 0),
            // Words.
            ("nul1", .invalidLiteral, 0), ("[trueish]", .unexpectedByte, 5), ("nan", .invalidLiteral, 0),
            ("fals\u{65}d", .trailingData, 5), ("tRUE", .invalidLiteral, 0),
            // Numbers.
            ("01", .invalidNumber, 0), ("-01", .invalidNumber, 1), ("00", .invalidNumber, 0),
            ("1.e1", .invalidNumber, 2),
            ("-a", .invalidNumber, 1), ("--1", .invalidNumber, 1), ("1.a", .invalidNumber, 2),
            ("1ea", .invalidNumber, 2),
            ("1e+-2", .invalidNumber, 3), ("-Infinity", .invalidNumber, 1), ("- 1", .invalidNumber, 1),
            ("0x10", .trailingData, 1), ("1e5.5", .trailingData, 3), ("1.2.3", .trailingData, 3),
            ("1_000", .trailingData, 1),
            ("1e309", .numberOutOfRange, 0), ("[-1e400]", .numberOutOfRange, 1),
            ("1.7976931348623159e308", .numberOutOfRange, 0),
            // Strings.
            ("\"a\nb\"", .controlCharacter, 2), ("\"\t\"", .controlCharacter, 1), ("\"\0\"", .controlCharacter, 1),
            ("\"\u{1F}\"", .controlCharacter, 1), (#""\x41""#, .invalidEscape, 1), (#""\'""#, .invalidEscape, 1),
            (#""\U0041""#, .invalidEscape, 1), (#""a\u00g0""#, .invalidEscape, 6), (#""\u 041""#, .invalidEscape, 3),
            (#""\u004""#, .invalidEscape, 6), (#""\uD800""#, .loneSurrogate, 1), (#""\uDFFF""#, .loneSurrogate, 1),
            (#""ab\uD800c""#, .loneSurrogate, 3), (#""\uD83C\n""#, .loneSurrogate, 1),
            (#""\uD83C\u0041""#, .loneSurrogate, 1), (#""\uD83C\uD83C""#, .loneSurrogate, 1),
            (#""\uDFE2\uD83C""#, .loneSurrogate, 1),
            // Names, the whole.
            (#"{"a":1,"a":2}"#, .duplicateKey, 7), (#"{"a":{"b":1,"c":2,"b":3}}"#, .duplicateKey, 18),
            (#"{"a":1,"\u0061":2}"#, .duplicateKey, 7), ("1 2", .trailingData, 2), ("{}{}", .trailingData, 2),
            ("[]]", .trailingData, 2), ("\"a\"b", .trailingData, 3), ("null,", .trailingData, 4),
            ("1\0", .trailingData, 1),
            ("\u{FEFF}{}", .byteOrderMark, 0), (" \u{FEFF}{}", .unexpectedByte, 1), ("{}\u{FEFF}", .trailingData, 2),
        ] as [(String, JSONError.Code, Int)]
    )
    func refusal(text: String, code: JSONError.Code, offset: Int) {
        let error = #expect(throws: JSONError.self) { try JSON(parsing: text) }
        #expect(error?.code == code)
        #expect(error?.offset == offset)
        #expect(error?.message.contains("at byte \(offset),") == true)
        #expect(error?.message.hasSuffix(".") == true)
    }

    @Test(
        "Bytes that are not UTF-8 are found wherever they stand",
        arguments: [
            [0x80], [0xC3], [0xC0, 0xAF], [0xC1, 0xBF], [0xE0, 0x80, 0xAF], [0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF],
            [0xF0, 0x80, 0x80, 0xAF], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xFE], [0xFF],
            [0xE2, 0x82], [0xF0, 0x9F, 0x8F],
        ] as [[UInt8]]
    )
    func invalidUTF8(invalid: [UInt8]) {
        let quote = UInt8(ascii: "\"")
        for prefix in ["", "é", "12345678", #"\n"#] {
            let error = #expect(throws: JSONError.self) { try JSON(parsing: [quote] + prefix.utf8 + invalid + [quote]) }
            #expect(error?.code == .invalidUTF8)
            #expect(error?.offset == 1 + prefix.utf8.count)
        }
        #expect(throws: JSONError.self) { try JSON(parsing: invalid) }
        #expect(throws: JSONError.self) { try JSON(parsing: [UInt8](#"{""#.utf8) + invalid + #"":1}"#.utf8) }
    }

    @Test("UTF-16 and UTF-32 are refused")
    func otherEncodings() {
        for bytes: [UInt8] in [
            [0xFF, 0xFE, 0x31, 0], [0xFE, 0xFF, 0, 0x31], [0x31, 0], [0, 0x31], [0x31, 0, 0, 0],
        ] {
            #expect(throws: JSONError.self) { try JSON(parsing: bytes) }
        }
    }

    @Test("A name that stands twice is found among many, and only its beginning is repeated to the sender")
    func duplicateAmongMany() {
        let names = (0..<1000).map { "\"name\($0)\":0" }.joined(separator: ",")
        let error = #expect(throws: JSONError.self) { try JSON(parsing: "{\(names),\"name17\":1}") }
        #expect(error?.code == .duplicateKey)
        #expect(error?.message.contains("\"name17\"") == true)
        let long = String(repeating: "x", count: 100_000)
        let longError = #expect(throws: JSONError.self) { try JSON(parsing: "{\"\(long)\":1,\"\(long)\":1}") }
        #expect((longError?.message.utf8.count ?? .max) < 200)
    }

    @Test("A number of a million digits is refused or read at once")
    func longNumbers() throws {
        let digits = String(repeating: "7", count: 1_000_000)
        let error = #expect(throws: JSONError.self) { try JSON(parsing: digits) }
        #expect(error?.code == .numberOutOfRange)
        #expect(try JSON(parsing: "0." + digits) == .number(0.7777777777777778))
        #expect(try JSON(parsing: "0." + String(repeating: "0", count: 1_000_000) + "1") == .number(0))
    }
}
