import Directory

/// A member's text, cut into words.
///
/// ```
/// text   /예약 회의실　10:00～11:00 “대 회의실”
/// typed  as above, in Unicode normalization form C
/// plain  /예약 회의실 10:00~11:00 대 회의실
/// words  ‾‾‾‾‾ ‾‾‾‾‾‾ ‾‾‾‾‾‾‾‾‾‾‾ ‾‾‾‾‾‾‾‾‾ (quoted)
/// ```
///
/// Words are separated by white space. A quote, `"` or `'`, opens at the start of a word and closes at the next quote of
/// its kind that ends a word, so that the apostrophes of `don't` and `'don't stop'` are letters. There is no escape: the
/// other kind of quote serves. Cutting is linear in the length of the text.
struct TypedText: Sendable {
    /// The text as typed, UTF-8 in normalization form C.
    let typed: [UInt8]
    /// The words in their plain form (``PlainForm``) without their quotes, one space between them: what every type but
    /// `text` is read from.
    let plain: [UInt8]
    let words: [Word]

    struct Word: Sendable {
        /// Where it stands in ``TypedText/typed``, its quotes included.
        let place: Range<Int>
        /// The same without quotes.
        let content: Range<Int>
        /// Where it stands in ``TypedText/plain``.
        let plain: Range<Int>
        let quoting: Quoting
    }

    enum Quoting: Sendable {
        case none
        case quoted
        /// It opens a quote that nothing closes, and so reaches to the end of the text.
        case unclosed
    }

    init(_ text: String) {
        typed = Array(text.normalizedC.utf8)
        (plain, words) = typed.withUnsafeBufferPointer { bytes in
            var cutter = WordCutter(bytes)
            cutter.cut()
            return (cutter.plain, cutter.words)
        }
    }

    /// The words of a range, taken together.
    func phrase(_ words: Range<Int>) -> Phrase {
        Phrase(text: self, words: words)
    }

    /// Everything from a word to the end of the last, as typed: quotes, white space between words and all.
    func rest(from word: Int) -> String {
        guard word < words.count else { return "" }
        return String(
            decoding: typed[words[word].place.lowerBound..<words[words.count - 1].place.upperBound],
            as: UTF8.self
        )
    }

    /// How many words from this one on may be read together as one value: a quoted word stands alone.
    func reach(from word: Int, upTo maximum: Int) -> Int {
        guard words[word].quoting == .none else { return 1 }
        var end = word + 1
        while end < words.count, end - word < maximum, words[end].quoting == .none { end += 1 }
        return end - word
    }
}
