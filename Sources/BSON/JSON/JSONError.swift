/// Why bytes are not the JSON that the parser takes.
public struct JSONError: Error, Hashable, CustomStringConvertible {
    /// The kind of an error, to tell apart in code. More kinds may come.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        private enum Kind: String {
            case empty, unexpectedEnd, unexpectedByte, invalidLiteral, invalidNumber, numberOutOfRange
            case controlCharacter, invalidEscape, loneSurrogate, invalidUTF8, byteOrderMark
            case duplicateKey, tooDeep, trailingData
        }

        private let kind: Kind

        /// There is nothing, or nothing but white space.
        public static let empty = Self(kind: .empty)
        /// The text ends in the middle of a value.
        public static let unexpectedEnd = Self(kind: .unexpectedEnd)
        /// Something stands where JSON does not allow it.
        public static let unexpectedByte = Self(kind: .unexpectedByte)
        /// A word other than `true`, `false` and `null`.
        public static let invalidLiteral = Self(kind: .invalidLiteral)
        /// A number that is not written as JSON wants it.
        public static let invalidNumber = Self(kind: .invalidNumber)
        /// A number beyond what a double holds.
        public static let numberOutOfRange = Self(kind: .numberOutOfRange)
        /// A byte below 0x20 inside a string.
        public static let controlCharacter = Self(kind: .controlCharacter)
        /// A backslash with something after it that is no escape.
        public static let invalidEscape = Self(kind: .invalidEscape)
        /// A `\u` escape of half a surrogate pair.
        public static let loneSurrogate = Self(kind: .loneSurrogate)
        /// A string is not UTF-8.
        public static let invalidUTF8 = Self(kind: .invalidUTF8)
        /// The text begins with a byte order mark.
        public static let byteOrderMark = Self(kind: .byteOrderMark)
        /// An object has two members of one name.
        public static let duplicateKey = Self(kind: .duplicateKey)
        /// Arrays and objects nest deeper than the caller allows.
        public static let tooDeep = Self(kind: .tooDeep)
        /// Something follows the value.
        public static let trailingData = Self(kind: .trailingData)

        /// The name of the case, as in `duplicateKey`.
        public var description: String { kind.rawValue }
    }

    /// The kind of the error.
    public let code: Code
    /// Where the error is, in bytes from the start; the number of bytes when the text ends too early.
    public let offset: Int
    /// What is wrong and where, as a sentence.
    public let message: String

    /// The same as ``message``.
    public var description: String { message }

    init(_ code: Code, at offset: Int, _ reason: String) {
        self.code = code
        self.offset = offset
        message = "This is not valid JSON: at byte \(offset), \(reason)."
    }
}
