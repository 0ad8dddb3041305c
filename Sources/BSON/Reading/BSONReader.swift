/// A cursor over the fields of one document in memory that the caller lends: no allocation, no copy, every step
/// checked against the bounds. For walking over millions of documents without making values of them.
///
/// The bytes need not be validated. The reader checks where fields begin and end; ``BSONElement`` checks what it
/// returns. Neither may outlive the memory.
public struct BSONReader {
    private let bytes: UnsafeRawBufferPointer
    /// Where the document begins in the outermost one.
    private let base: Int
    /// Where the next field begins.
    private(set) var offset: Int

    /// Begins at the first field of the document that fills `bytes` exactly.
    public init(_ bytes: UnsafeRawBufferPointer) throws(BSONError) {
        try self.init(bytes, base: 0)
    }

    init(_ bytes: UnsafeRawBufferPointer, base: Int) throws(BSONError) {
        guard bytes.count >= 5 else {
            throw .corrupt(.invalidLength, at: base, "\(bytes.count) bytes are too few for a document")
        }
        let length = bytes.littleEndian(at: 0, as: Int32.self)
        guard length == bytes.count else {
            throw .corrupt(.invalidLength, at: base, "the length \(length) is not that of the \(bytes.count) bytes")
        }
        guard bytes[bytes.count - 1] == 0 else {
            throw .corrupt(
                .missingTerminator,
                at: base + bytes.count - 1,
                "the zero byte that ends a document is missing"
            )
        }
        self.bytes = bytes
        self.base = base
        offset = 4
    }

    /// Begins in the middle of a document that was checked before.
    init(trusted bytes: UnsafeRawBufferPointer, from offset: Int = 4) {
        self.bytes = bytes
        base = 0
        self.offset = offset
    }

    /// The next field; nil at the end. After an error the reader is of no further use.
    public mutating func next() throws(BSONError) -> BSONElement? {
        // The document's last byte is its terminator: nothing of a field may reach it.
        let end = bytes.count - 1
        guard offset < end else { return nil }
        let rawType = bytes[offset]
        guard let type = BSONType(rawValue: rawType) else {
            throw rawType == 0
                ? .corrupt(.missingTerminator, at: base + offset, "the document ends before its length says so")
                : .corrupt(.unknownType, at: base + offset, "the type \(rawType) is unknown")
        }
        let keyEnd = try endOfCString(from: offset + 1, limit: end)
        let start = keyEnd + 1
        let count = try payloadCount(type, at: start, limit: end)
        let element = BSONElement(
            key: BSONKey(bytes: UnsafeRawBufferPointer(rebasing: bytes[(offset + 1)..<keyEnd])),
            type: type,
            payload: UnsafeRawBufferPointer(rebasing: bytes[start..<(start + count)]),
            offset: base + start
        )
        offset = start + count
        return element
    }

    /// Where the zero byte of the C string at `start` is.
    private func endOfCString(from start: Int, limit: Int) throws(BSONError) -> Int {
        var index = start
        while index < limit {
            if bytes[index] == 0 { return index }
            index += 1
        }
        throw .corrupt(.missingTerminator, at: base + start, "a name has no end")
    }
}

/// How far a value reaches.
extension BSONReader {
    private func payloadCount(_ type: BSONType, at start: Int, limit: Int) throws(BSONError) -> Int {
        let count: Int
        switch type {
        case .undefined, .null, .minKey, .maxKey: count = 0
        case .bool: count = 1
        case .int32: count = 4
        case .double, .date, .timestamp, .int64: count = 8
        case .objectID: count = 12
        case .decimal128: count = 16
        case .string, .javaScript, .symbol: count = try stringCount(at: start, limit: limit)
        case .dbPointer: count = try stringCount(at: start, limit: limit) + 12
        case .document, .array: count = try length(at: start, atLeast: 5, limit: limit)
        case .binary: count = try length(at: start, atLeast: 0, limit: limit) + 5
        case .javaScriptWithScope: count = try length(at: start, atLeast: 14, limit: limit)
        case .regularExpression:
            let pattern = try endOfCString(from: start, limit: limit)
            count = try endOfCString(from: pattern + 1, limit: limit) + 1 - start
        }
        guard count <= limit - start else {
            throw .corrupt(.invalidLength, at: base + start, "a \(type) reaches beyond the end of its document")
        }
        return count
    }

    /// A string's length field, text and terminator together.
    private func stringCount(at start: Int, limit: Int) throws(BSONError) -> Int {
        let count = try length(at: start, atLeast: 1, limit: limit) + 4
        guard count <= limit - start else {
            throw .corrupt(.invalidLength, at: base + start, "a string reaches beyond the end of its document")
        }
        guard bytes[start + count - 1] == 0 else {
            throw .corrupt(
                .missingTerminator,
                at: base + start + count - 1,
                "the zero byte that ends a string is missing"
            )
        }
        return count
    }

    private func length(at start: Int, atLeast minimum: Int32, limit: Int) throws(BSONError) -> Int {
        guard limit - start >= 4 else {
            throw .corrupt(.invalidLength, at: base + start, "a length reaches beyond the end of its document")
        }
        let length = bytes.littleEndian(at: start, as: Int32.self)
        guard length >= minimum else {
            throw .corrupt(.invalidLength, at: base + start, "the length \(length) is too small")
        }
        return Int(length)
    }
}

/// For documents that were validated: what fails here is our own mistake.
extension BSONReader {
    mutating func nextTrusted() -> BSONElement? {
        do {
            return try next()
        } catch {
            preconditionFailure("a validated document turned out corrupt: \(error)")
        }
    }

    /// Goes on to the first field of that name; nil when there is none.
    mutating func find(_ name: String) -> BSONElement? {
        var name = name
        return name.withUTF8 { utf8 in
            while let element = nextTrusted() {
                if element.key == UnsafeRawBufferPointer(utf8) { return element }
            }
            return nil
        }
    }
}
