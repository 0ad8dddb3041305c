public import BSON

/// What a bulk write did.
public struct MongoBulkResult: Sendable, Hashable {
    public var inserted = 0
    /// Documents that filters of updates and replacements matched, whether or not they changed.
    public var matched = 0
    public var modified = 0
    public var deleted = 0
    /// The `_id` of each document that an upsert inserted, by the index of the write.
    public var upserted: [Int: BSONValue] = [:]

    /// Nothing was done.
    public init() {}

    /// From libmongoc's summary of all replies.
    init(_ reply: BSONDocument) throws(MongoError) {
        do {
            inserted = Int(try reply.int64("nInserted"))
            matched = Int(try reply.int64("nMatched"))
            modified = Int(try reply.int64("nModified"))
            deleted = Int(try reply.int64("nRemoved"))
            for upsert in try reply.optional.documents("upserted") ?? [] {
                upserted[Int(try upsert.int64("index"))] = upsert["_id"]
            }
        } catch {
            throw .invalidReply("a write", error.message)
        }
    }
}

/// What an update or a replacement did.
public struct MongoUpdateResult: Sendable, Hashable {
    /// Documents that the filter matched, whether or not they changed.
    public let matched: Int
    public let modified: Int
    /// The `_id` of the document that was inserted because none matched.
    public let upserted: BSONValue?

    init(_ bulk: MongoBulkResult) {
        matched = bulk.matched
        modified = bulk.modified
        upserted = bulk.upserted[0]
    }
}
