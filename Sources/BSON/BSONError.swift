/// Why bytes are not a BSON document, or why a document does not have the field that a reader expects.
public struct BSONError: Error, Hashable, CustomStringConvertible {
    /// The kind of an error, to tell apart in code. More kinds may come.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        private enum Kind: String {
            case invalidLength, missingTerminator, unknownType, invalidUTF8, invalidBool, tooDeep
            case missingField, typeMismatch, nameContainsNUL
        }

        private let kind: Kind

        /// A length says that something ends outside of what holds it, or is too small to be true.
        public static let invalidLength = Self(kind: .invalidLength)
        /// The zero byte that ends a name, a string or a document is missing or stands too early.
        public static let missingTerminator = Self(kind: .missingTerminator)
        /// A type byte that the specification does not know.
        public static let unknownType = Self(kind: .unknownType)
        /// A name or a string is not UTF-8.
        public static let invalidUTF8 = Self(kind: .invalidUTF8)
        /// A bool that is neither 0 nor 1.
        public static let invalidBool = Self(kind: .invalidBool)
        /// Documents nest deeper than ``BSONDocument/maximumDepth``.
        public static let tooDeep = Self(kind: .tooDeep)
        /// A required field is not there.
        public static let missingField = Self(kind: .missingField)
        /// A field has another type than the reader expects.
        public static let typeMismatch = Self(kind: .typeMismatch)
        /// A name with a zero byte inside, which BSON cannot hold.
        public static let nameContainsNUL = Self(kind: .nameContainsNUL)

        /// The name of the case, as in `typeMismatch`.
        public var description: String { kind.rawValue }
    }

    /// The kind of the error.
    public let code: Code
    /// What is wrong, as a sentence with the field or the offset in it.
    public let message: String
    /// Where in the outermost document the error is, in bytes; nil when the bytes are sound but not what was expected.
    public let offset: Int?

    /// The same as ``message``.
    public var description: String { message }
}

extension BSONError {
    static func corrupt(_ code: Code, at offset: Int, _ reason: String) -> Self {
        Self(code: code, message: "This is not a BSON document: at byte \(offset), \(reason).", offset: offset)
    }

    static func invalidBool(_ value: UInt8, at offset: Int) -> Self {
        corrupt(.invalidBool, at: offset, "a bool is \(value) instead of 0 or 1")
    }

    static func tooDeep(at offset: Int? = nil) -> Self {
        Self(
            code: .tooDeep,
            message: "Documents nest deeper than \(BSONDocument.maximumDepth) levels.",
            offset: offset
        )
    }

    static func missing(_ field: String) -> Self {
        Self(code: .missingField, message: "The field \"\(field)\" is missing.", offset: nil)
    }

    static func mismatch(_ field: String, expected: String, found: BSONType) -> Self {
        Self(
            code: .typeMismatch,
            message: "The field \"\(field)\" should be of type \(expected) but is of type \(found).",
            offset: nil
        )
    }

    static func nameContainsNUL(_ name: String) -> Self {
        Self(
            code: .nameContainsNUL,
            message:
                "The name \(name.prefix(64).debugDescription) holds a zero character. Remove it: no name may hold one.",
            offset: nil
        )
    }
}
