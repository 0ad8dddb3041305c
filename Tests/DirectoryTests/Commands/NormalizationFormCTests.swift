import Foundation
import Testing

@testable import Directory

@Suite("Normalization form C")
struct NormalizationFormCTests {
    @Test("leaves no text otherwise than Foundation does")
    func everyScalar() {
        var wrong: [UInt32] = []
        for value in UInt32(1)..<0x3_0000 {
            // Foundation is wrong about these behind a syllable.
            guard let scalar = Unicode.Scalar(value), !(0x11A8...0x11C2).contains(value) else { continue }
            for text in [String(scalar), "a\(scalar)", "가\(scalar)", "\(scalar)\u{301}", "か\(scalar)"]
            where Array(text.normalizedC.utf8) != Array(text.precomposedStringWithCanonicalMapping.utf8) {
                wrong.append(value)
            }
        }
        #expect(wrong.isEmpty)
    }

    @Test("composes a syllable with the final consonant behind it")
    func finalConsonants() {
        for value in UInt32(0x11A8)...0x11C2 {
            guard let final = Unicode.Scalar(value), let whole = Unicode.Scalar(0xB2E4 + value - 0x11A7) else {
                continue
            }
            #expect(Array("다\(final)나".normalizedC.unicodeScalars) == [whole, "나"])
            #expect(Array("단\(final)".normalizedC.unicodeScalars) == ["단", final])
        }
    }

    @Test("puts up to thirty marks in order")
    func orderedMarks() {
        let text = "가a" + String(repeating: "\u{301}", count: 15) + String(repeating: "\u{316}", count: 15)
        #expect(Array(text.normalizedC.utf8) == Array(text.precomposedStringWithCanonicalMapping.utf8))
    }

    @Test("takes time in proportion to the number of marks", .timeLimit(.minutes(1)))
    func manyMarks() {
        let marks = String(repeating: "\u{301}", count: 200_000) + String(repeating: "\u{316}", count: 200_000)
        #expect("a\(marks)".normalizedC.unicodeScalars.count == 400_000)
    }

    @Test(
        "folds values of a choice",
        arguments: [
            ("대회의실", "대 회의실"), ("ROOM a", "room\u{A0}A"), ("S1", "s 1"),
            ("\u{1109}\u{1175}\u{11AF}", "실"), ("CAFE\u{301}", "caf\u{E9}"),
        ]
    )
    func folding(left: String, right: String) {
        #expect(Array(left.choiceFolded.utf8) == Array(right.choiceFolded.utf8))
    }
}
