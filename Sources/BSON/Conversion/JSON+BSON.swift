extension JSON {
    /// A stored value as JSON. What JSON has no type for becomes relaxed MongoDB Extended JSON v2: `{"$oid": …}`,
    /// `{"$date": "2026-11-24T01:00:00Z"}`, `{"$binary": …}`. Whole numbers stay whole, doubles stay doubles.
    public init(_ value: BSONValue) {
        switch value {
        case .double(let value): self = Self.number(orExtended: value)
        case .string(let text): self = .string(text)
        case .document(let document): self = .object(Object(document))
        case .array(let array): self = .array(array.map(JSON.init))
        case .binary(let subtype, let bytes):
            self = ["$binary": ["base64": .string(base64(bytes)), "subType": .string(hexadecimal(subtype))]]
        case .undefined: self = ["$undefined": true]
        case .objectID(let id): self = ["$oid": .string(id.description)]
        case .bool(let value): self = .bool(value)
        case .date(let milliseconds): self = ["$date": Self.date(milliseconds)]
        case .null: self = .null
        case .regularExpression(let pattern, let options):
            self = ["$regularExpression": ["pattern": .string(pattern), "options": .string(options)]]
        case .dbPointer(let namespace, let id):
            self = ["$dbPointer": ["$ref": .string(namespace), "$id": ["$oid": .string(id.description)]]]
        case .javaScript(let code): self = ["$code": .string(code)]
        case .symbol(let text): self = ["$symbol": .string(text)]
        case .javaScriptWithScope(let code, let scope):
            self = ["$code": .string(code), "$scope": .object(Object(scope))]
        case .int32(let value): self = .integer(Int64(value))
        case .timestamp(let value):
            self = ["$timestamp": ["t": .integer(Int64(value >> 32)), "i": .integer(Int64(value & 0xFFFF_FFFF))]]
        case .int64(let value): self = .integer(value)
        case .decimal128(let low, let high):
            self = ["$numberDecimal": .string(Decimal128(low: low, high: high).description)]
        case .minKey: self = ["$minKey": 1]
        case .maxKey: self = ["$maxKey": 1]
        }
    }

    private static func number(orExtended value: Double) -> JSON {
        if value.isNaN { return ["$numberDouble": "NaN"] }
        if value.isInfinite { return ["$numberDouble": value < 0 ? "-Infinity" : "Infinity"] }
        return .number(value)
    }

    /// Years 1970 to 9999 in words, others as a number, as the specification of the relaxed form has it.
    private static func date(_ milliseconds: Int64) -> JSON {
        guard (0...253_402_300_799_999).contains(milliseconds) else {
            return ["$numberLong": .string(String(milliseconds))]
        }
        return .string(rfc3339(milliseconds))
    }
}

extension JSON.Object {
    /// A document as a JSON object, as ``JSON/init(_:)`` does it. Of fields with one name the first counts.
    public init(_ document: BSONDocument) {
        self.init()
        for (key, value) in document {
            _ = appendUnlessPresent(key, JSON(value))
        }
    }
}
