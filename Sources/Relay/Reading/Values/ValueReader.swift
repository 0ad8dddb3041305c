import API
import BSON

/// Reads one token's value from the words of a text.
protocol ValueReader {
    /// What the words from this one on can mean, the readings of the most words first.
    func readings(in text: TypedText, from word: Int) -> [ValueReading]
    /// Why the words from this one on mean nothing: said of the longest phrase that looks like a value and is none, else
    /// of the words that were meant for one. Where there is a reading too, the longer of both is what was meant.
    func fault(in text: TypedText, from word: Int) -> ValueFault
}

/// A value, and how many words it takes.
struct ValueReading {
    let words: Int
    let value: JSON
}

/// Why words are not a value, and of how many of them that is said.
struct ValueFault {
    let words: Int
    let reason: Reason
    let arguments: [String: String]

    /// A fault of a phrase. The argument `value` is the phrase as typed unless another is given.
    init(_ reason: Reason, _ arguments: [String: String] = [:], of phrase: Phrase) {
        words = phrase.words.count
        self.reason = reason
        self.arguments = arguments.merging(["value": phrase.excerpt]) { given, _ in given }
    }
}
