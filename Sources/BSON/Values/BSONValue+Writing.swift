extension BSONValue {
    /// Appends the value's bytes as they stand after a field's name.
    func write(into bytes: inout [UInt8]) {
        switch self {
        case .double(let value): bytes.append(littleEndian: value.bitPattern)
        case .string(let text), .javaScript(let text), .symbol(let text): bytes.append(string: text)
        case .document(let document): bytes.append(contentsOf: document.bytes)
        case .array(let array): bytes.append(contentsOf: array.document.bytes)
        case .binary(let subtype, let content): bytes.append(binary: content, subtype: subtype)
        case .undefined, .null, .minKey, .maxKey: break
        case .objectID(let id): bytes.append(contentsOf: id.bytes)
        case .bool(let value): bytes.append(value ? 1 : 0)
        case .date(let milliseconds): bytes.append(littleEndian: milliseconds)
        case .regularExpression(let pattern, let options):
            bytes.append(terminated: pattern)
            bytes.append(terminated: options)
        case .dbPointer(let namespace, let id):
            bytes.append(string: namespace)
            bytes.append(contentsOf: id.bytes)
        case .javaScriptWithScope(let code, let scope):
            bytes.append(littleEndian: bsonLength(4 + 4 + code.utf8.count + 1 + scope.bytes.count))
            bytes.append(string: code)
            bytes.append(contentsOf: scope.bytes)
        case .int32(let value): bytes.append(littleEndian: value)
        case .timestamp(let value): bytes.append(littleEndian: value)
        case .int64(let value): bytes.append(littleEndian: value)
        case .decimal128(let low, let high):
            bytes.append(littleEndian: low)
            bytes.append(littleEndian: high)
        }
    }
}

extension [UInt8] {
    /// Appends a C string. Traps on a NUL inside: it would end the string early and make the rest another field.
    mutating func append(terminated text: String) {
        precondition(!text.utf8.contains(0), "a BSON name or regular expression holds a NUL: \(text.debugDescription)")
        append(contentsOf: text.utf8)
        append(0)
    }

    /// Appends a string with its length before it; a NUL inside is allowed here.
    fileprivate mutating func append(string: String) {
        append(littleEndian: bsonLength(string.utf8.count + 1))
        append(contentsOf: string.utf8)
        append(0)
    }

    fileprivate mutating func append(binary content: [UInt8], subtype: UInt8) {
        guard subtype == oldBinarySubtype else {
            append(littleEndian: bsonLength(content.count))
            append(subtype)
            append(contentsOf: content)
            return
        }
        append(littleEndian: bsonLength(content.count + 4))
        append(subtype)
        append(littleEndian: bsonLength(content.count))
        append(contentsOf: content)
    }
}

/// Binary values of this subtype carry their length a second time, before the bytes.
let oldBinarySubtype: UInt8 = 2

/// A length as BSON writes it. Traps beyond 2 GiB, 128 times what MongoDB stores.
func bsonLength(_ count: Int) -> Int32 {
    guard let length = Int32(exactly: count) else {
        preconditionFailure("a BSON document of \(count) bytes exceeds the format's 2 GiB")
    }
    return length
}
