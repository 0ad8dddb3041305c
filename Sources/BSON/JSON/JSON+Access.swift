/// Views of a value as one type: nil when it is of another.
extension JSON {
    /// Whether this is `null`.
    public var isNull: Bool {
        if case .null = self { true } else { false }
    }

    /// `true` or `false`.
    public var bool: Bool? {
        if case .bool(let value) = self { value } else { nil }
    }

    /// A number that was written without fraction and exponent; `1.0` is none.
    public var integer: Int64? {
        if case .integer(let value) = self { value } else { nil }
    }

    /// A number of either kind; an integer beyond 2⁵³ becomes the nearest double.
    public var number: Double? {
        switch self {
        case .number(let value): value
        case .integer(let value): Double(value)
        default: nil
        }
    }

    /// A string.
    public var string: String? {
        if case .string(let value) = self { value } else { nil }
    }

    /// The elements of an array.
    public var array: [JSON]? {
        if case .array(let value) = self { value } else { nil }
    }

    /// The members of an object.
    public var object: Object? {
        if case .object(let value) = self { value } else { nil }
    }

    /// The member of that name when this is an object that has it.
    public subscript(key: String) -> JSON? {
        if case .object(let object) = self { object[key] } else { nil }
    }
}
