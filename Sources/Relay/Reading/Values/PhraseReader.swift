import API
import BSON

/// A reader that looks at a phrase as a whole: it is a value or it is none.
protocol PhraseReader: ValueReader {
    /// The most words a value can have.
    static var maximumWords: Int { get }
    /// What is said of words that do not look like a value at all; argument `value`.
    static var unlike: Reason { get }

    func read(_ phrase: Phrase) -> PhraseReading
    /// How many words are meant as a value where they do not look like one.
    func extent(in text: TypedText, from word: Int) -> Int
}

enum PhraseReading {
    case value(JSON)
    /// Looks like a value and is none, for this reason.
    case wrong(Reason, [String: String] = [:])
    case unlike
}

extension PhraseReader {
    func extent(in text: TypedText, from word: Int) -> Int { 1 }

    func readings(in text: TypedText, from word: Int) -> [ValueReading] {
        var readings: [ValueReading] = []
        for count in stride(from: text.reach(from: word, upTo: Self.maximumWords), through: 1, by: -1) {
            if case .value(let value) = read(text.phrase(word..<word + count)) {
                readings.append(ValueReading(words: count, value: value))
            }
        }
        return readings
    }

    func fault(in text: TypedText, from word: Int) -> ValueFault {
        for count in stride(from: text.reach(from: word, upTo: Self.maximumWords), through: 1, by: -1) {
            let phrase = text.phrase(word..<word + count)
            if case .wrong(let reason, let arguments) = read(phrase) {
                return ValueFault(reason, arguments, of: phrase)
            }
        }
        return ValueFault(Self.unlike, of: text.phrase(word..<word + extent(in: text, from: word)))
    }
}
