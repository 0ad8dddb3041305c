/// A document read by fields that need not be there: nil when one is missing or null. Made by
/// ``BSONDocument/optional``.
///
/// Each function throws ``BSONError`` `typeMismatch` like the one of the same name in ``BSONDocument``.
public struct BSONOptionalFields: Sendable {
    let document: BSONDocument

    /// A string.
    public func string(_ key: String) throws(BSONError) -> String? {
        try has(key) ? document.string(key) : nil
    }

    /// A bool.
    public func bool(_ key: String) throws(BSONError) -> Bool? {
        try has(key) ? document.bool(key) : nil
    }

    /// An int32, an int64 or a double without a fraction.
    public func int64(_ key: String) throws(BSONError) -> Int64? {
        try has(key) ? document.int64(key) : nil
    }

    /// A double, or the nearest one to an int32 or an int64.
    public func double(_ key: String) throws(BSONError) -> Double? {
        try has(key) ? document.double(key) : nil
    }

    /// A date, in milliseconds since 1970-01-01T00:00:00Z.
    public func milliseconds(_ key: String) throws(BSONError) -> Int64? {
        try has(key) ? document.milliseconds(key) : nil
    }

    /// The bytes of a binary value of any subtype.
    public func binary(_ key: String) throws(BSONError) -> [UInt8]? {
        try has(key) ? document.binary(key) : nil
    }

    /// An object id.
    public func objectID(_ key: String) throws(BSONError) -> ObjectID? {
        try has(key) ? document.objectID(key) : nil
    }

    /// A nested document.
    public func document(_ key: String) throws(BSONError) -> BSONDocument? {
        try has(key) ? document.document(key) : nil
    }

    /// An array.
    public func array(_ key: String) throws(BSONError) -> BSONArray? {
        try has(key) ? document.array(key) : nil
    }

    /// The elements of an array that are all strings.
    public func strings(_ key: String) throws(BSONError) -> [String]? {
        try has(key) ? document.strings(key) : nil
    }

    /// The elements of an array that are all documents.
    public func documents(_ key: String) throws(BSONError) -> [BSONDocument]? {
        try has(key) ? document.documents(key) : nil
    }

    private func has(_ key: String) -> Bool {
        document.withField(key) { $0.type != .null } ?? false
    }
}
