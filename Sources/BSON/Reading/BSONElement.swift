/// One field of a document where it lies in memory. It dies with the memory that was lent to its ``BSONReader``.
///
/// The reader has checked that the field lies within its document and is terminated; the functions below check the
/// rest of what they return, so an element may come from bytes that nobody has validated.
public struct BSONElement {
    /// The field's name.
    public let key: BSONKey
    /// What the payload is.
    public let type: BSONType
    /// The bytes after the name.
    public let payload: UnsafeRawBufferPointer
    /// Where the payload begins in the outermost document.
    let offset: Int

    /// How many bytes the field takes with its type and its name.
    var totalCount: Int { 1 + key.bytes.count + 1 + payload.count }

    /// Copies the value out, whatever its type, checked to the bottom.
    public func value() throws(BSONError) -> BSONValue {
        try BSONValidator.validate(self, depth: 1)
        return valueTrusted()
    }
}

/// Typed reading without a detour over ``BSONValue``. Each throws `typeMismatch` naming the field.
extension BSONElement {
    /// A copy of a string, checked to be UTF-8.
    public func string() throws(BSONError) -> String {
        let text = try utf8()
        try BSONValidator.validate(self, depth: 1)
        return String(decoding: text, as: UTF8.self)
    }

    /// The bytes of a string without its terminator, not checked to be UTF-8.
    public func utf8() throws(BSONError) -> UnsafeRawBufferPointer {
        guard type == .string else { throw mismatch(.string) }
        return UnsafeRawBufferPointer(rebasing: payload[4..<(payload.count - 1)])
    }

    /// A bool.
    public func bool() throws(BSONError) -> Bool {
        guard type == .bool else { throw mismatch(.bool) }
        guard payload[0] <= 1 else { throw .invalidBool(payload[0], at: offset) }
        return payload[0] == 1
    }

    /// An int32, an int64 or a double without a fraction.
    public func int64() throws(BSONError) -> Int64 {
        switch type {
        case .int32: return Int64(payload.littleEndian(at: 0, as: Int32.self))
        case .int64: return payload.littleEndian(at: 0, as: Int64.self)
        case .double:
            let value = Double(bitPattern: payload.littleEndian(at: 0, as: UInt64.self))
            if let whole = Int64(whole: value) { return whole }
            throw mismatch(.int64)
        default: throw mismatch(.int64)
        }
    }

    /// A date, in milliseconds since 1970-01-01T00:00:00Z.
    public func milliseconds() throws(BSONError) -> Int64 {
        guard type == .date else { throw mismatch(.date) }
        return payload.littleEndian(at: 0, as: Int64.self)
    }

    /// The content of a binary value of any subtype.
    public func binary() throws(BSONError) -> UnsafeRawBufferPointer {
        guard type == .binary else { throw mismatch(.binary) }
        try BSONValidator.validate(self, depth: 1)
        return binaryTrusted
    }

    /// An object id.
    public func objectID() throws(BSONError) -> ObjectID {
        guard type == .objectID else { throw mismatch(.objectID) }
        return ObjectID(unchecked: payload, at: 0)
    }

    /// A cursor into a nested document or array.
    public func reader() throws(BSONError) -> BSONReader {
        guard type == .document || type == .array else { throw mismatch(.document) }
        return try BSONReader(payload, base: offset)
    }

    private func mismatch(_ expected: BSONType) -> BSONError {
        .mismatch(key.string, expected: expected.description, found: type)
    }
}
