/// The type byte that stands before every field of a document. The names are those of the BSON specification.
public enum BSONType: UInt8, Sendable, Hashable, CaseIterable, CustomStringConvertible {
    case double = 0x01
    case string = 0x02
    case document = 0x03
    case array = 0x04
    case binary = 0x05
    case undefined = 0x06
    case objectID = 0x07
    case bool = 0x08
    case date = 0x09
    case null = 0x0A
    case regularExpression = 0x0B
    case dbPointer = 0x0C
    case javaScript = 0x0D
    case symbol = 0x0E
    case javaScriptWithScope = 0x0F
    case int32 = 0x10
    case timestamp = 0x11
    case int64 = 0x12
    case decimal128 = 0x13
    case maxKey = 0x7F
    case minKey = 0xFF

    /// The type in words, for error messages: `regular expression`.
    public var description: String {
        switch self {
        case .double: "double"
        case .string: "string"
        case .document: "document"
        case .array: "array"
        case .binary: "binary"
        case .undefined: "undefined"
        case .objectID: "object id"
        case .bool: "bool"
        case .date: "date"
        case .null: "null"
        case .regularExpression: "regular expression"
        case .dbPointer: "database pointer"
        case .javaScript: "JavaScript"
        case .symbol: "symbol"
        case .javaScriptWithScope: "JavaScript with scope"
        case .int32: "int32"
        case .timestamp: "timestamp"
        case .int64: "int64"
        case .decimal128: "decimal128"
        case .maxKey: "max key"
        case .minKey: "min key"
        }
    }
}
