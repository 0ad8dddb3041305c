import Foundation

extension String {
    /// The text in Unicode normalization form C. Text that is composed already, as nearly all is, is not touched.
    ///
    /// Takes time in proportion to the length of the text, whatever stands in it.
    package var normalizedC: String {
        isPlainlyComposed ? self : composedPieces
    }

    /// Whether every character is of a block in which nothing composes or changes places: Latin up to U+02FF, spaces and
    /// general punctuation, kana and CJK punctuation without marks, single Korean letters, CJK ideographs, Hangul
    /// syllables, full-width ASCII, emoji. False says nothing.
    private var isPlainlyComposed: Bool {
        unicodeScalars.allSatisfy { scalar in
            switch scalar.value {
            case 0..<0x300, 0x2002...0x205F, 0x3001...0x3029, 0x3041...0x3096, 0x30A1...0x30FA, 0x3131...0x318E,
                0x4E00...0x9FFF, 0xAC00...0xD7A3, 0xFF01...0xFF5E, 0x1F300...0x1FAFF:
                true
            default: false
            }
        }
    }

    /// The most combining marks in a row that are put in order together: the limit of Unicode's stream-safe text format
    /// (UAX #15, section 13). No language needs as many, and Foundation takes time with the square of their number: half
    /// a second for 64 KiB of them.
    private static let maximumMarks = 30

    private var composedPieces: String {
        var composed = ""
        let scalars = unicodeScalars
        var start = scalars.startIndex
        var marks = 0
        for index in scalars.indices {
            if scalars[index].properties.canonicalCombiningClass == .notReordered {
                marks = 0
            } else if marks < Self.maximumMarks {
                marks += 1
            } else {
                composed += String(scalars[start..<index]).precomposedStringWithCanonicalMapping
                start = index
                marks = 1
            }
        }
        return (composed + String(scalars[start...]).precomposedStringWithCanonicalMapping).hangulComposed
    }

    /// Foundation leaves a syllable without a final consonant and a final consonant behind it as two (`다` and U+11AB for
    /// `단`): they are one (Unicode 16, section 3.12.3).
    private var hangulComposed: String {
        guard unicodeScalars.contains(where: Hangul.finals.contains) else { return self }
        var composed = String.UnicodeScalarView()
        for scalar in unicodeScalars {
            if let last = composed.last, let syllable = Hangul.syllable(last, with: scalar) {
                composed.removeLast()
                composed.append(syllable)
            } else {
                composed.append(scalar)
            }
        }
        return String(composed)
    }
}

/// The arithmetic of Hangul syllables.
private enum Hangul {
    private static let syllables: ClosedRange<UInt32> = 0xAC00...0xD7A3
    /// The conjoining final consonants.
    static let finals: ClosedRange<Unicode.Scalar> = "\u{11A8}"..."\u{11C2}"
    private static let finalBase: UInt32 = 0x11A7
    /// Final consonants, none among them.
    private static let finalCount: UInt32 = 28

    /// The syllable that a syllable without a final consonant makes with one; nil when it has one, or they are no such two.
    static func syllable(_ open: Unicode.Scalar, with final: Unicode.Scalar) -> Unicode.Scalar? {
        guard syllables.contains(open.value), finals.contains(final),
            (open.value - syllables.lowerBound).isMultiple(of: finalCount)
        else { return nil }
        return Unicode.Scalar(open.value + final.value - finalBase)
    }
}
