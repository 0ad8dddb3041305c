/// The value of one field: any type of BSON, the deprecated ones included, so that a document we did not write
/// passes through us unchanged.
///
/// Two values are equal when their type and bytes are: a NaN equals itself, `-0.0` is not `0.0`, `int32(1)` is not
/// `int64(1)`, and composed Hangul is not decomposed Hangul.
public enum BSONValue: Sendable {
    case double(Double)
    case string(String)
    case document(BSONDocument)
    case array(BSONArray)
    /// Of the old subtype 2 these are the bytes inside of its second length.
    case binary(subtype: UInt8 = 0, bytes: [UInt8])
    case undefined
    case objectID(ObjectID)
    case bool(Bool)
    /// Since 1970-01-01T00:00:00Z, negative before.
    case date(milliseconds: Int64)
    case null
    /// Neither string may hold a NUL: storing such a value traps.
    case regularExpression(pattern: String, options: String)
    case dbPointer(namespace: String, id: ObjectID)
    case javaScript(String)
    case symbol(String)
    case javaScriptWithScope(String, BSONDocument)
    case int32(Int32)
    /// MongoDB's own: seconds since 1970 in the upper half, a counter in the lower.
    case timestamp(UInt64)
    case int64(Int64)
    /// The IEEE 754-2008 bits (binary integer significand).
    case decimal128(low: UInt64, high: UInt64)
    case minKey
    case maxKey

    /// The type byte that the value is stored with.
    public var type: BSONType {
        switch self {
        case .double: .double
        case .string: .string
        case .document: .document
        case .array: .array
        case .binary: .binary
        case .undefined: .undefined
        case .objectID: .objectID
        case .bool: .bool
        case .date: .date
        case .null: .null
        case .regularExpression: .regularExpression
        case .dbPointer: .dbPointer
        case .javaScript: .javaScript
        case .symbol: .symbol
        case .javaScriptWithScope: .javaScriptWithScope
        case .int32: .int32
        case .timestamp: .timestamp
        case .int64: .int64
        case .decimal128: .decimal128
        case .minKey: .minKey
        case .maxKey: .maxKey
        }
    }
}

extension BSONValue: Hashable {
    public static func == (left: Self, right: Self) -> Bool {
        left.type == right.type && left.payload == right.payload
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(type)
        hasher.combine(payload)
    }

    /// The bytes that follow the field's name.
    private var payload: [UInt8] {
        var bytes: [UInt8] = []
        write(into: &bytes)
        return bytes
    }
}
