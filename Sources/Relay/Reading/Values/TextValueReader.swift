import API
import BSON

/// Reads a `text` token: a word or quoted words, as typed; where it is the command's last, everything that is left.
struct TextValueReader: ValueReader {
    let isLast: Bool

    func readings(in text: TypedText, from word: Int) -> [ValueReading] {
        let isOnly = word == text.words.count - 1
        let value = isLast && !isOnly ? text.rest(from: word) : text.phrase(word..<word + 1).typed
        return [ValueReading(words: isLast ? text.words.count - word : 1, value: .string(value))]
    }

    /// Never asked for: every word is a text.
    func fault(in text: TypedText, from word: Int) -> ValueFault {
        ValueFault(.missingToken, of: text.phrase(word..<word + 1))
    }
}
