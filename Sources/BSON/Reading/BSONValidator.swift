/// Checks documents to the bottom, without allocating.
enum BSONValidator {
    static func validate(
        _ bytes: UnsafeRawBufferPointer,
        depth: Int = 1,
        base: Int = 0
    ) throws(BSONError) {
        guard depth <= BSONDocument.maximumDepth else { throw .tooDeep(at: base) }
        var reader = try BSONReader(bytes, base: base)
        while let element = try reader.next() {
            let nameOffset = element.offset - 1 - element.key.bytes.count
            try checkUTF8(element.key.bytes, at: nameOffset)
            try validate(element, depth: depth)
        }
    }

    /// Checks what the reader does not. `depth` is that of the document that holds the element.
    static func validate(_ element: BSONElement, depth: Int) throws(BSONError) {
        let payload = element.payload
        let offset = element.offset
        switch element.type {
        case .string, .javaScript, .symbol:
            try checkUTF8(payload, 4..<(payload.count - 1), at: offset)
        case .dbPointer:
            try checkUTF8(payload, 4..<(payload.count - 13), at: offset)
        case .regularExpression:
            try checkUTF8(payload, 0..<payload.count, at: offset)
        case .document, .array:
            try validate(payload, depth: depth + 1, base: offset)
        case .javaScriptWithScope:
            try validateScope(payload, depth: depth, offset: offset)
        case .bool:
            guard payload[0] <= 1 else {
                throw .invalidBool(payload[0], at: offset)
            }
        case .binary where payload[4] == oldBinarySubtype:
            guard payload.count >= 9, Int(payload.littleEndian(at: 5, as: Int32.self)) == payload.count - 9 else {
                throw .corrupt(.invalidLength, at: offset + 5, "the inner length of an old binary value is wrong")
            }
        case .double, .binary, .undefined, .objectID, .date, .null, .int32, .timestamp, .int64, .decimal128, .minKey,
            .maxKey:
            break
        }
    }

    /// A string and a document that together fill the payload.
    private static func validateScope(
        _ payload: UnsafeRawBufferPointer,
        depth: Int,
        offset: Int
    ) throws(BSONError) {
        // The reader has seen to it that there are at least 14 bytes.
        let codeLength = Int(payload.littleEndian(at: 4, as: Int32.self))
        guard codeLength >= 1, codeLength <= payload.count - 8 - 5 else {
            throw .corrupt(.invalidLength, at: offset + 4, "the length \(codeLength) of a code is wrong")
        }
        let codeEnd = 8 + codeLength - 1
        guard payload[codeEnd] == 0 else {
            throw .corrupt(.missingTerminator, at: offset + codeEnd, "the zero byte that ends a code is missing")
        }
        try checkUTF8(payload, 8..<codeEnd, at: offset)
        let scope = UnsafeRawBufferPointer(rebasing: payload[(codeEnd + 1)...])
        try validate(scope, depth: depth + 1, base: offset + codeEnd + 1)
    }

    private static func checkUTF8(
        _ payload: UnsafeRawBufferPointer,
        _ range: Range<Int>,
        at offset: Int
    ) throws(BSONError) {
        try checkUTF8(UnsafeRawBufferPointer(rebasing: payload[range]), at: offset + range.lowerBound)
    }

    private static func checkUTF8(_ text: UnsafeRawBufferPointer, at offset: Int) throws(BSONError) {
        if let index = text.firstInvalidUTF8 {
            throw .corrupt(.invalidUTF8, at: offset + index, "a name or a string is not UTF-8")
        }
    }
}
