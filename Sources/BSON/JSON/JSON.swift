/// Any JSON value (RFC 8259). Whole numbers keep all 64 bits, objects keep their order.
///
/// Two values are equal when they are the same JSON: strings by their bytes (to Swift's own `==`, composed and
/// decomposed Hangul are one string; to whoever stores them they are two), objects whatever the order of their members.
/// `integer(1)` and `number(1.0)` differ, as they do when written.
public enum JSON: Sendable {
    /// `null`, which is a value and not the lack of one.
    case null
    /// `true` and `false`.
    case bool(Bool)
    /// A number without fraction and exponent that fits.
    case integer(Int64)
    /// Any other number. NaN and the infinities are not JSON: they are written as `null`.
    case number(Double)
    /// Any text, a NUL included.
    case string(String)
    /// Values in their order.
    case array([JSON])
    /// Members in their order, no name twice.
    case object(Object)
}

extension JSON: Hashable {
    public static func == (left: JSON, right: JSON) -> Bool {
        switch (left, right) {
        case (.null, .null): true
        case (.bool(let left), .bool(let right)): left == right
        case (.integer(let left), .integer(let right)): left == right
        case (.number(let left), .number(let right)): left == right
        case (.string(let left), .string(let right)): left.hasSameBytes(as: right)
        case (.array(let left), .array(let right)): left == right
        case (.object(let left), .object(let right)): left == right
        default: false
        }
    }

    public func hash(into hasher: inout Hasher) {
        switch self {
        case .null: hasher.combine(0)
        case .bool(let value): hasher.combine(value)
        case .integer(let value): hasher.combine(value)
        case .number(let value): hasher.combine(value)
        case .string(let value): hasher.combine(bytesOf: value)
        case .array(let values): hasher.combine(values)
        case .object(let object): hasher.combine(object)
        }
    }
}
