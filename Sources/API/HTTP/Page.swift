public import BSON

/// Which part of a list a caller asks for: `limit` and `after`.
public struct PageRequest: Sendable {
    /// 1 to 200, 50 unless said.
    public let limit: Int
    /// The `next` of the page before; nil for the first page.
    public let after: String?

    /// Takes the two parameters from a query that may have others; what is wrong comes with its `finish()`.
    public init(_ query: inout QueryReader) {
        limit = query.integer("limit", in: FieldLimits.pageItems) ?? FieldLimits.defaultPageItems
        after = query.text("after", maximum: FieldLimits.domainBytes)
    }

    /// From a query that has no others. Throws `invalid_fields`.
    public init(query: String?) throws(Problem) {
        var reader = QueryReader(query)
        self.init(&reader)
        try reader.finish()
    }

    /// How many to look up: one more than is shown tells whether there is a next page.
    public var lookUpLimit: Int { limit + 1 }

    /// The page as the API shows it, `{items, next?}`.
    ///
    /// - Parameters:
    ///   - found: Up to ``lookUpLimit`` things.
    ///   - id: What `after` counts from.
    ///   - resource: The thing as the API shows it.
    public func body<Item>(
        _ found: [Item],
        id: (Item) -> String,
        resource: (Item) throws -> JSON.Object
    ) rethrows -> JSON.Object {
        let items = found.prefix(limit)
        var body: JSON.Object = ["items": .array(try items.map { .object(try resource($0)) })]
        if found.count > limit, let last = items.last { body["next"] = .string(id(last)) }
        return body
    }
}
