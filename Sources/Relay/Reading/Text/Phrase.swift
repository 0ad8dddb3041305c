/// Words of a text that stand side by side, read together as one value or name.
struct Phrase {
    let text: TypedText
    /// At least one.
    let words: Range<Int>

    /// Where it stands in the plain form of its text.
    var plainRange: Range<Int> {
        text.words[words.lowerBound].plain.lowerBound..<text.words[words.upperBound - 1].plain.upperBound
    }

    /// Lends a cursor over its plain form.
    func withCursor<Result>(_ body: (Cursor) -> Result) -> Result {
        text.plain.withUnsafeBufferPointer { body(Cursor(UnsafeBufferPointer(rebasing: $0[plainRange]))) }
    }

    /// Its plain form.
    var plain: String {
        String(decoding: text.plain[plainRange], as: UTF8.self)
    }

    /// As typed, without quotes, one space between words.
    var typed: String {
        var bytes: [UInt8] = []
        for word in text.words[words] {
            if !bytes.isEmpty { bytes.append(UInt8(ascii: " ")) }
            bytes += text.typed[word.content]
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Whether its plain form is what was typed, so that one of the two is enough.
    var isPlain: Bool {
        for word in text.words[words] {
            guard text.typed[word.content].elementsEqual(text.plain[word.plain]) else { return false }
        }
        return true
    }

    /// The beginning of it as typed, for a sentence about it.
    var excerpt: String {
        Excerpt.of(typed)
    }
}
