import BSON
import Directory

/// Divides the words behind a command among its tokens.
///
/// A value takes as many words as make it one: `다음 주 화요일` is a date of three. The longest reading of each token is
/// tried first, from left to right; where the rest of the text then does not fit, a shorter one is. Every place, a token
/// at a word, is looked at once at most, and of all places ``maximumPlaces``.
struct TokenMatcher {
    let text: TypedText
    /// The first word behind the command.
    let firstWord: Int
    let tokens: [Token]
    let today: () -> Day
    let directory: any CommandDirectory
    /// Whether required tokens may be missing at the end: somebody is typing still.
    var mayEndEarly = false

    /// More than any text needs that a person types: a command has at most 20 tokens, and few have two readings.
    private static let maximumPlaces = 400

    /// The values by key; nil when the words do not fit.
    func match() -> JSON.Object? {
        var attempt = Attempt()
        guard match(token: 0, word: firstWord, &attempt) else { return nil }
        var values = JSON.Object()
        for (token, value) in zip(tokens, attempt.values) { values.append(token.key, value) }
        return values
    }

    /// The reader of a token's values.
    func reader(of index: Int) -> any ValueReader {
        let token = tokens[index]
        return switch token.type {
        case .text: TextValueReader(isLast: index == tokens.count - 1)
        case .choice: ChoiceReader(values: token.values)
        case .number: NumberReader()
        case .date: DateReader(today: today())
        case .timeRange: TimeRangeReader()
        case .member: MemberReader(directory: directory)
        }
    }

    /// The values found so far, in the order of the tokens, and where it is known not to go on.
    private struct Attempt {
        var values: [JSON] = []
        /// How many places were looked at.
        var places = 0
        var failed: Set<Place> = []

        struct Place: Hashable {
            let token: Int
            let word: Int
        }
    }

    private func match(token: Int, word: Int, _ attempt: inout Attempt) -> Bool {
        if word == text.words.count { return mayEndEarly || tokens[token...].allSatisfy { !$0.required } }
        guard token < tokens.count, text.words[word].quoting != .unclosed else { return false }
        let place = Attempt.Place(token: token, word: word)
        guard attempt.places < Self.maximumPlaces, !attempt.failed.contains(place) else { return false }
        attempt.places += 1
        for reading in reader(of: token).readings(in: text, from: word) {
            attempt.values.append(reading.value)
            if match(token: token + 1, word: word + reading.words, &attempt) { return true }
            attempt.values.removeLast()
        }
        attempt.failed.insert(place)
        return false
    }
}
