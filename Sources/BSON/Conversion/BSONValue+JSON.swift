extension BSONValue {
    /// A JSON value as BSON: whole numbers as int64, other numbers as double, objects in their order.
    ///
    /// Objects that look like Extended JSON (`{"$oid": …}`) stay objects: what a client wrote comes back as it was.
    /// Throws `tooDeep` beyond ``BSONDocument/maximumDepth`` and `nameContainsNUL`.
    public init(_ json: JSON) throws(BSONError) {
        // The value will stand in a document, which is the first level.
        try self.init(json, depth: 1)
    }

    fileprivate init(_ json: JSON, depth: Int) throws(BSONError) {
        switch json {
        case .null: self = .null
        case .bool(let value): self = .bool(value)
        case .integer(let value): self = .int64(value)
        case .number(let value): self = .double(value)
        case .string(let value): self = .string(value)
        case .object(let object): self = .document(try BSONDocument(object, depth: depth + 1))
        case .array(let values):
            guard depth < BSONDocument.maximumDepth else { throw .tooDeep() }
            var elements: [BSONValue] = []
            elements.reserveCapacity(values.count)
            for value in values {
                elements.append(try BSONValue(value, depth: depth + 1))
            }
            self = .array(BSONArray(elements))
        }
    }
}

extension BSONDocument {
    /// A JSON object as a document, as ``BSONValue/init(_:)-(JSON)`` does it.
    public init(_ object: JSON.Object) throws(BSONError) {
        try self.init(object, depth: 1)
    }

    fileprivate init(_ object: JSON.Object, depth: Int) throws(BSONError) {
        guard depth <= BSONDocument.maximumDepth else { throw .tooDeep() }
        self.init()
        for (key, value) in object {
            guard !key.utf8.contains(0) else { throw .nameContainsNUL(key) }
            append(key, try BSONValue(value, depth: depth))
        }
    }
}
