/// Reading a document whose shape is known, one field a line:
///
/// ```swift
/// let name = try document.string("name")
/// let email = try document.optional.string("email")
/// ```
///
/// Each throws ``BSONError`` `missingField` or `typeMismatch` naming the field.
extension BSONDocument {
    /// A string.
    public func string(_ key: String) throws(BSONError) -> String { try required(key, .string, \.string) }

    /// A bool.
    public func bool(_ key: String) throws(BSONError) -> Bool { try required(key, .bool, \.bool) }

    /// An int32, an int64 or a double without a fraction.
    public func int64(_ key: String) throws(BSONError) -> Int64 { try required(key, .int64, \.int64) }

    /// A double, or the nearest one to an int32 or an int64.
    public func double(_ key: String) throws(BSONError) -> Double { try required(key, .double, \.double) }

    /// A date, in milliseconds since 1970-01-01T00:00:00Z.
    public func milliseconds(_ key: String) throws(BSONError) -> Int64 { try required(key, .date, \.milliseconds) }

    /// The bytes of a binary value of any subtype.
    public func binary(_ key: String) throws(BSONError) -> [UInt8] { try required(key, .binary, \.binary) }

    /// An object id.
    public func objectID(_ key: String) throws(BSONError) -> ObjectID { try required(key, .objectID, \.objectID) }

    /// A nested document.
    public func document(_ key: String) throws(BSONError) -> BSONDocument { try required(key, .document, \.document) }

    /// An array.
    public func array(_ key: String) throws(BSONError) -> BSONArray { try required(key, .array, \.array) }

    /// The elements of an array that are all strings.
    public func strings(_ key: String) throws(BSONError) -> [String] { try array(key).all(key, .string, \.string) }

    /// The elements of an array that are all documents.
    public func documents(_ key: String) throws(BSONError) -> [BSONDocument] {
        try array(key).all(key, .document, \.document)
    }

    /// The same readers for fields that may be missing or null: they return nil then, and throw only on a mismatch.
    public var optional: BSONOptionalFields { BSONOptionalFields(document: self) }

    private func required<Value>(
        _ key: String,
        _ type: BSONType,
        _ view: (BSONValue) -> Value?
    ) throws(BSONError) -> Value {
        guard let value = self[key] else { throw .missing(key) }
        guard let typed = view(value) else {
            throw .mismatch(key, expected: type.description, found: value.type)
        }
        return typed
    }
}

extension BSONArray {
    fileprivate func all<Value>(
        _ key: String,
        _ type: BSONType,
        _ view: (BSONValue) -> Value?
    ) throws(BSONError) -> [Value] {
        var values: [Value] = []
        for (index, element) in enumerated() {
            guard let value = view(element) else {
                throw .mismatch("\(key).\(index)", expected: type.description, found: element.type)
            }
            values.append(value)
        }
        return values
    }
}
