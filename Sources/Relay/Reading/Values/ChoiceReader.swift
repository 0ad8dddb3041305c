import API
import BSON

/// Reads a `choice` token: a declared value, blind to case and white space, that of the most words.
struct ChoiceReader: ValueReader {
    /// A value may have many words, and `대 회 의 실` is a way to type one; these are enough.
    private static let maximumWords = 12
    /// The most values that the sentence about a wrong one lists.
    private static let maximumListed = 20

    let values: [String]

    func readings(in text: TypedText, from word: Int) -> [ValueReading] {
        var typed = FoldedText()
        /// Where in `typed` each word ends.
        var ends: [Int] = []
        text.plain.withUnsafeBufferPointer { plain in
            for place in text.words[word..<word + text.reach(from: word, upTo: Self.maximumWords)].map(\.plain) {
                typed.append(UnsafeBufferPointer(rebasing: plain[place]))
                ends.append(typed.bytes.count)
            }
        }
        /// The value that the first words mean, by their number less one.
        var found: [String?] = Array(repeating: nil, count: ends.count)
        var declared = FoldedText()
        for value in values {
            declared.removeAll()
            declared.append(value)
            guard let last = ends.firstIndex(of: declared.bytes.count), typed.bytes.starts(with: declared.bytes) else {
                continue
            }
            // Of values that only case or white space tells apart, the one typed as declared counts.
            if found[last] == nil || text.phrase(word..<word + last + 1).typed == value { found[last] = value }
        }
        return found.indices.reversed()
            .compactMap { last in
                found[last].map { ValueReading(words: last + 1, value: .string($0)) }
            }
    }

    func fault(in text: TypedText, from word: Int) -> ValueFault {
        let listed = values.prefix(Self.maximumListed).joined(separator: ", ")
        let more = values.count > Self.maximumListed ? ", …" : ""
        return ValueFault(.notAChoice, ["values": listed + more], of: text.phrase(word..<word + 1))
    }
}
