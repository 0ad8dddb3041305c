/// Views of a value as one type: nil when it is of another. Nothing is converted but what is said.
extension BSONValue {
    /// A string; a symbol or JavaScript is none.
    public var string: String? {
        if case .string(let value) = self { value } else { nil }
    }

    /// A bool.
    public var bool: Bool? {
        if case .bool(let value) = self { value } else { nil }
    }

    /// An int32, an int64 or a double without a fraction: what other tools write for a whole number.
    public var int64: Int64? {
        switch self {
        case .int32(let value): Int64(value)
        case .int64(let value): value
        case .double(let value): Int64(whole: value)
        default: nil
        }
    }

    /// A double, or the nearest one to an int32 or an int64.
    public var double: Double? {
        switch self {
        case .double(let value): value
        case .int32(let value): Double(value)
        case .int64(let value): Double(value)
        default: nil
        }
    }

    /// A date, in milliseconds since 1970-01-01T00:00:00Z.
    public var milliseconds: Int64? {
        if case .date(let value) = self { value } else { nil }
    }

    /// The bytes of a binary value of any subtype.
    public var binary: [UInt8]? {
        if case .binary(_, let bytes) = self { bytes } else { nil }
    }

    /// An object id.
    public var objectID: ObjectID? {
        if case .objectID(let value) = self { value } else { nil }
    }

    /// A document.
    public var document: BSONDocument? {
        if case .document(let value) = self { value } else { nil }
    }

    /// An array.
    public var array: BSONArray? {
        if case .array(let value) = self { value } else { nil }
    }
}
