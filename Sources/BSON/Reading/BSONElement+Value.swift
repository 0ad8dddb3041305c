extension BSONElement {
    /// Copies the value out of a document that was validated.
    func valueTrusted() -> BSONValue {
        switch type {
        case .double: .double(Double(bitPattern: payload.littleEndian(at: 0, as: UInt64.self)))
        case .string: .string(text(4..<(payload.count - 1)))
        case .document: .document(BSONDocument(unchecked: payload))
        case .array: .array(BSONArray(BSONDocument(unchecked: payload)))
        case .binary: .binary(subtype: payload[4], bytes: Array(binaryTrusted))
        case .undefined: .undefined
        case .objectID: .objectID(ObjectID(unchecked: payload, at: 0))
        case .bool: .bool(payload[0] == 1)
        case .date: .date(milliseconds: payload.littleEndian(at: 0, as: Int64.self))
        case .null: .null
        case .regularExpression: regularExpression
        case .dbPointer:
            .dbPointer(
                namespace: text(4..<(payload.count - 13)),
                id: ObjectID(unchecked: payload, at: payload.count - 12)
            )
        case .javaScript: .javaScript(text(4..<(payload.count - 1)))
        case .symbol: .symbol(text(4..<(payload.count - 1)))
        case .javaScriptWithScope: javaScriptWithScope
        case .int32: .int32(payload.littleEndian(at: 0, as: Int32.self))
        case .timestamp: .timestamp(payload.littleEndian(at: 0, as: UInt64.self))
        case .int64: .int64(payload.littleEndian(at: 0, as: Int64.self))
        case .decimal128:
            .decimal128(
                low: payload.littleEndian(at: 0, as: UInt64.self),
                high: payload.littleEndian(at: 8, as: UInt64.self)
            )
        case .minKey: .minKey
        case .maxKey: .maxKey
        }
    }

    /// What a binary value holds, after its length and subtype and, in the old subtype, a second length.
    var binaryTrusted: UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: payload[(payload[4] == oldBinarySubtype ? 9 : 5)...])
    }

    private var regularExpression: BSONValue {
        let patternEnd = payload.firstIndex(of: 0) ?? 0
        return .regularExpression(
            pattern: text(0..<patternEnd),
            options: text((patternEnd + 1)..<(payload.count - 1))
        )
    }

    private var javaScriptWithScope: BSONValue {
        let codeEnd = 8 + Int(payload.littleEndian(at: 4, as: Int32.self)) - 1
        let scope = UnsafeRawBufferPointer(rebasing: payload[(codeEnd + 1)...])
        return .javaScriptWithScope(text(8..<codeEnd), BSONDocument(unchecked: scope))
    }

    private func text(_ range: Range<Int>) -> String {
        String(decoding: UnsafeRawBufferPointer(rebasing: payload[range]), as: UTF8.self)
    }
}
