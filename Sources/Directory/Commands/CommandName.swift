/// The name of a command: one to three words of which the first starts with a slash, `/예약 회의실`.
///
/// Words hold letters, marks and digits of any script, `_` and `-`, 1 to 32 characters each (the slash not counted)
/// and do not begin with a mark. The text is in Unicode normalization form C with one space between words, so that
/// equal names are equal bytes. `/도움` and `/help` belong to the relay, whatever follows them.
public struct CommandName: Sendable, Hashable, CustomStringConvertible {
    public let text: String

    /// Trusts the text to be a name: one that was checked before it was stored.
    public init(trusting text: String) {
        self.text = text
    }

    public var description: String { text }

    /// The most words a name may have.
    public static let maximumWords = 3
    /// The most characters (Unicode scalars) a word may have.
    public static let maximumWordLength = 32
    /// First words that the relay answers itself, in lower case.
    public static let reserved: Set<String> = ["/도움", "/help"]

    /// Why a text is no name, in the order in which it is looked at.
    public enum Invalid: Error, Sendable, Hashable {
        /// Nothing but white space.
        case empty
        /// It does not start with a slash.
        case noSlash
        /// More than ``maximumWords``.
        case tooManyWords
        /// Nothing stands directly behind the slash.
        case nothingAfterSlash
        /// This word has more than ``maximumWordLength`` characters.
        case wordTooLong(String)
        /// Neither a letter, a mark, a digit, `_` nor `-`; or a mark at the beginning of a word.
        case character(String)
        /// The relay answers it itself.
        case reserved(String)
    }

    /// Normalizes and checks a text.
    public init(_ text: String) throws(Invalid) {
        let words = text.normalizedC.unicodeScalars.split(whereSeparator: \.properties.isWhitespace)
        guard let first = words.first else { throw .empty }
        guard first.first == "/" else { throw .noSlash }
        guard words.count <= Self.maximumWords else { throw .tooManyWords }
        guard first.count > 1 else { throw .nothingAfterSlash }
        try Self.check(word: first.dropFirst())
        for word in words.dropFirst() { try Self.check(word: word) }
        guard !Self.reserved.contains(String(first).lowercased()) else { throw .reserved(String(first)) }
        self.text = words.map { String($0) }.joined(separator: " ")
    }

    private static func check(word: Substring.UnicodeScalarView) throws(Invalid) {
        guard word.count <= maximumWordLength else { throw .wordTooLong(String(word)) }
        for (position, scalar) in word.enumerated() where !isAllowed(scalar, first: position == 0) {
            throw .character(String(Character(scalar)))
        }
    }

    private static func isAllowed(_ scalar: Unicode.Scalar, first: Bool) -> Bool {
        if scalar.isMark { return !first }
        return scalar.isLetterOrDigit || scalar == "_" || scalar == "-"
    }
}
