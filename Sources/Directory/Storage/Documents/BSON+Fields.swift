import BSON

// How the documents of this module spell what BSON has no type for. Absent and null are the same.

extension BSONElement {
    func optionalString() throws(BSONError) -> String? {
        type == .null ? nil : try string()
    }

    func optionalInstant() throws(BSONError) -> Instant? {
        type == .null ? nil : Instant(milliseconds: try milliseconds())
    }

    /// The elements of an array, none for null.
    func list<Value>(_ read: (BSONElement) throws -> Value) throws -> [Value] {
        if type == .null { return [] }
        var reader = try reader()
        var values: [Value] = []
        while let element = try reader.next() { values.append(try read(element)) }
        return values
    }
}

extension BSONDocument {
    /// Reads what the snapshot holds of a document.
    func entry<Entry>(_ read: (UnsafeRawBufferPointer) throws -> Entry) throws -> Entry {
        try withUnsafeBytes(read)
    }

    /// The owner's own data, which may be absent.
    func metadata(_ field: String) throws(BSONError) -> JSON.Object {
        try optional.document(field).map { JSON.Object($0) } ?? [:]
    }

    /// A time that should be there; 1970 in a document that was made by hand without it.
    func instant(_ field: String) throws(BSONError) -> Instant {
        Instant(milliseconds: try optional.milliseconds(field) ?? 0)
    }
}
