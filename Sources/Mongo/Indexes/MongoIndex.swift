public import BSON

/// An index of a collection as it should be.
public struct MongoIndex: Sendable, Hashable {
    /// Fields and directions: `["company": 1, "commands.name": 1]`.
    public var keys: BSONDocument
    /// Unique among the indexes of the collection; made of the keys unless given.
    public var name: String
    /// No two documents may have the same key.
    public var unique: Bool
    /// Only documents that match have a place in the index; all when nil.
    public var partialFilter: BSONDocument?
    /// Documents without any of the fields have no place in the index.
    public var sparse: Bool
    /// Of one date field: documents are deleted this long after it, about once a minute. Whole seconds.
    public var expireAfter: Duration?

    public init(
        _ keys: BSONDocument,
        name: String? = nil,
        unique: Bool = false,
        partialFilter: BSONDocument? = nil,
        sparse: Bool = false,
        expireAfter: Duration? = nil
    ) {
        self.keys = keys
        self.name = name ?? Self.name(of: keys)
        self.unique = unique
        self.partialFilter = partialFilter
        self.sparse = sparse
        self.expireAfter = expireAfter
    }

    /// The same name that MongoDB's own tools make: `company_1_commands.name_1`.
    static func name(of keys: BSONDocument) -> String {
        keys.map { key, direction in
            switch direction {
            case .string(let kind): "\(key)_\(kind)"
            case .int32(let value): "\(key)_\(value)"
            case .int64(let value): "\(key)_\(value)"
            case .double(let value): "\(key)_\(Int64(exactly: value).map(String.init) ?? String(value))"
            default: key
            }
        }
        .joined(separator: "_")
    }

    /// As `createIndexes` wants it.
    var specification: BSONDocument {
        var specification: BSONDocument = ["key": .document(keys), "name": .string(name)]
        if unique { specification.append("unique", true) }
        if sparse { specification.append("sparse", true) }
        if let partialFilter { specification.append("partialFilterExpression", .document(partialFilter)) }
        if let expireAfter { specification.append("expireAfterSeconds", .int64(expireAfter.components.seconds)) }
        return specification
    }
}
