extension BSONDocument {
    /// The first field of that name.
    ///
    /// Setting a value replaces it where it stands, or appends it; setting nil removes every field of that name.
    /// Names are compared by their bytes. Setting traps when the name holds a NUL.
    public subscript(key: String) -> BSONValue? {
        get {
            withField(key) { $0.valueTrusted() }
        }
        set {
            guard let newValue else {
                self = removing([key])
                return
            }
            guard let range = fieldRange(key) else { return append(key, newValue) }
            var field: [UInt8] = []
            field.append(type: newValue.type, key: key, value: newValue)
            bytes.replaceSubrange(range, with: field)
            updateLength()
        }
    }

    /// Whether there is no field.
    public var isEmpty: Bool { bytes.count == 5 }

    /// The names in their order, repeated ones included.
    public var keys: [String] { map(\.key) }

    /// How many fields there are; takes a walk over all of them.
    public var count: Int {
        withUnsafeBytes { buffer in
            var reader = BSONReader(trusted: buffer)
            var count = 0
            while reader.nextTrusted() != nil { count += 1 }
            return count
        }
    }

    /// Lends the first field of that name; nil when there is none.
    func withField<Result>(_ key: String, _ body: (BSONElement) -> Result) -> Result? {
        withUnsafeBytes { buffer in
            var reader = BSONReader(trusted: buffer)
            return reader.find(key).map(body)
        }
    }

    private func fieldRange(_ key: String) -> Range<Int>? {
        withUnsafeBytes { buffer in
            var reader = BSONReader(trusted: buffer)
            guard let element = reader.find(key) else { return nil }
            return (reader.offset - element.totalCount)..<reader.offset
        }
    }
}
