extension BSONDocument: ExpressibleByDictionaryLiteral {
    /// Keeps the order; traps when a name holds a NUL.
    public init(dictionaryLiteral elements: (String, BSONValue)...) {
        self.init(elements)
    }

    /// Makes a document of fields in their order. Traps when a name holds a NUL.
    public init(_ fields: some Sequence<(String, BSONValue)>) {
        self.init()
        for (key, value) in fields {
            append(key, value)
        }
    }

    /// Adds a field at the end, without looking whether the name is there already. Traps when the name holds a NUL.
    public mutating func append(_ key: String, _ value: BSONValue) {
        bytes.removeLast()
        bytes.append(type: value.type, key: key, value: value)
        bytes.append(0)
        updateLength()
    }

    /// Adds the fields of another document at the end, byte for byte.
    public mutating func append(contentsOf other: BSONDocument) {
        bytes.removeLast()
        bytes.append(contentsOf: other.bytes.dropFirst(4))
        updateLength()
    }

    /// The document without the fields of these names, the others byte for byte: what is left of a stored document
    /// when all that we know is taken out.
    public func removing(_ names: Set<String>) -> BSONDocument {
        var rest = BSONDocument()
        rest.bytes.removeLast()
        withUnsafeBytes { buffer in
            var reader = BSONReader(trusted: buffer)
            var start = reader.offset
            while let element = reader.nextTrusted() {
                if !names.contains(where: element.key.isSpelled) {
                    rest.bytes.append(contentsOf: buffer[start..<reader.offset])
                }
                start = reader.offset
            }
        }
        rest.bytes.append(0)
        rest.updateLength()
        return rest
    }

    mutating func updateLength() {
        let length = bsonLength(bytes.count)
        bytes.withUnsafeMutableBytes { $0.storeBytes(of: length.littleEndian, as: Int32.self) }
    }
}

extension [UInt8] {
    /// Appends a whole field.
    mutating func append(type: BSONType, key: String, value: BSONValue) {
        append(type.rawValue)
        append(terminated: key)
        value.write(into: &self)
    }
}
