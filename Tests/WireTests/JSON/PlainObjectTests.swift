import Foundation
import Testing

@testable import Wire

@Suite("Plain objects")
struct PlainObjectTests {
    /// The members that were read, by index of the key; nil when the object is not plain.
    static func read(_ bytes: [UInt8]) -> [Int: PlainObject.Value]? {
        var members: [Int: PlainObject.Value] = [:]
        let isPlain: Void? = bytes.withUnsafeBytes {
            PlainObject.read($0, keys: ["text", "bot", "wait_seconds"]) { members[$0] = $1 }
        }
        return isPlain.map { members }
    }

    static func read(_ text: String) -> [Int: PlainObject.Value]? {
        read(Array(text.utf8))
    }

    @Test(
        "A plain object is read",
        arguments: [
            (#"{}"#, [:]),
            (#" { "text" : "/예약 회의실" , "wait_seconds" : 0.25 } "#, [0: .string("/예약 회의실"), 2: .number(0.25)]),
            (#"{"text":"\uc608\uc57d \ud83d\ude00","bot":"b"}"#, [0: .string("예약 😀"), 1: .string("b")]),
            (#"{"text":"\"\\\/\b\f\n\r\t"}"#, [0: .string("\"\\/\u{8}\u{c}\n\r\t")]),
            (#"{"wait_seconds":0}"#, [2: .number(0)]),
            (#"{"wait_seconds":30.000}"#, [2: .number(30)]),
        ] as [(String, [Int: PlainObject.Value])]
    )
    func plain(text: String, members: [Int: PlainObject.Value]) {
        #expect(Self.read(text) == members)
    }

    @Test(
        "Anything else is left to the ordinary parser",
        arguments: [
            "", "{", "[]", "null", #"{"text":null}"#, #"{"text":true}"#, #"{"text":{}}"#, #"{"text":"a","text":"b"}"#,
            #"{"other":"a"}"#, #"{"text":"a",}"#, #"{"text":"a"} x"#, #"{"text":"a"#, #"{"text":"\x"}"#,
            #"{"text":"\ud800"}"#, #"{"text":"\udc00"}"#, #"{"text":"\ud800\u0041"}"#, #"{"text":"\u12"}"#,
            "{\"text\":\"a\nb\"}", #"{"wait_seconds":1e1}"#, #"{"wait_seconds":01}"#, #"{"wait_seconds":-1}"#,
            #"{"wait_seconds":1.}"#, #"{"wait_seconds":.5}"#, #"{"wait_seconds":1234567890123456}"#, #"{text:"a"}"#,
        ]
    )
    func notPlain(text: String) {
        #expect(Self.read(text) == nil)
    }

    @Test("Text that is not UTF-8 is not plain")
    func invalidUTF8() {
        for bytes: [UInt8] in [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xE1, 0x80], [0xF4, 0x90, 0x80, 0x80]] {
            #expect(Self.read(Array(#"{"text":""#.utf8) + bytes + Array(#""}"#.utf8)) == nil)
        }
    }

    @Test("Whatever is read, Foundation reads as well", arguments: 0..<20)
    func agreesWithFoundation(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let valid = Array(#"{"text":"/예약 \ud83d\ude00\n","bot":"b","wait_seconds":12.5}"#.utf8)
        for _ in 0..<1000 {
            var bytes = valid
            for _ in 0..<Int.random(in: 0...3, using: &random) {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0x20...0xFF, using: &random)
            }
            guard let members = Self.read(bytes) else { continue }
            let object = try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
            if case .string(let text) = members[0] { #expect(object["text"] as? String == text) }
            if case .number(let number) = members[2] { #expect(object["wait_seconds"] as? Double == number) }
        }
    }
}
