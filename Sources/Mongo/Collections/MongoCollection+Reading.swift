public import BSON
import CMongoC

extension MongoCollection {
    /// The most documents that ``find(_:sort:limit:projection:skip:)`` and ``aggregate(_:limit:)`` return at once.
    public static let maximumPage = 10_000

    /// One page of the documents that match.
    ///
    /// - Parameters:
    ///   - sort: Fields and directions; without it in no order that may be relied upon.
    ///   - limit: 1 to ``maximumPage``. The whole page is held in memory: for more use ``scan(_:projection:_:)``.
    ///   - projection: Which fields to return; all when nil.
    ///   - skip: How many to leave out at the beginning. The server walks over them: page by key rather.
    public func find(
        _ filter: BSONDocument = [:],
        sort: BSONDocument? = nil,
        limit: Int,
        projection: BSONDocument? = nil,
        skip: Int = 0
    ) async throws(MongoError) -> [BSONDocument] {
        try Self.check(limit: limit)
        guard skip >= 0 else { throw .invalidArgument("A find cannot skip \(skip) documents.") }
        var options: BSONDocument = ["limit": .int64(Int64(limit)), "maxTimeMS": maxTime]
        if let sort { options.append("sort", .document(sort)) }
        if let projection { options.append("projection", .document(projection)) }
        if skip > 0 { options.append("skip", .int64(Int64(skip))) }
        return try await run { [options] (client, collection) throws(MongoError) in
            let filter = BSONHandle(filter)
            let options = BSONHandle(options)
            let cursor = mongoc_collection_find_with_opts(collection, filter.pointer, options.pointer, nil)
            return try client.documents(in: cursor)
        }
    }

    /// The first document that matches, in the order of `sort`; nil when there is none.
    public func findOne(
        _ filter: BSONDocument,
        sort: BSONDocument? = nil,
        projection: BSONDocument? = nil
    ) async throws(MongoError) -> BSONDocument? {
        try await find(filter, sort: sort, limit: 1, projection: projection).first
    }

    /// How many documents match, counted no further than `limit`.
    public func count(_ filter: BSONDocument = [:], limit: Int? = nil) async throws(MongoError) -> Int {
        var options: BSONDocument = ["maxTimeMS": maxTime]
        if let limit {
            guard limit >= 1 else { throw .invalidArgument("A count needs a limit of at least 1, not \(limit).") }
            options.append("limit", .int64(Int64(limit)))
        }
        return try await run { [options] (client, collection) throws(MongoError) in
            let filter = BSONHandle(filter)
            let options = BSONHandle(options)
            var count: Int64 = -1
            _ = try client.call { (reply, error) in
                count = mongoc_collection_count_documents(
                    collection,
                    filter.pointer,
                    options.pointer,
                    nil,
                    reply,
                    &error
                )
                return count >= 0
            }
            return Int(count)
        }
    }

    /// The first documents that come out of a pipeline, which must only read.
    ///
    /// `limit` is 1 to ``maximumPage``; it is the last stage of what the server runs.
    public func aggregate(_ pipeline: [BSONDocument], limit: Int) async throws(MongoError) -> [BSONDocument] {
        try Self.check(limit: limit)
        let stages = pipeline + [["$limit": .int64(Int64(limit))]]
        let command: BSONDocument = ["pipeline": .array(BSONArray(stages.map(BSONValue.document)))]
        let options: BSONDocument = ["maxTimeMS": maxTime]
        return try await run { (client, collection) throws(MongoError) in
            let command = BSONHandle(command)
            let options = BSONHandle(options)
            let cursor = mongoc_collection_aggregate(
                collection,
                MONGOC_QUERY_NONE,
                command.pointer,
                options.pointer,
                nil
            )
            return try client.documents(in: cursor)
        }
    }

    private static func check(limit: Int) throws(MongoError) {
        guard (1...maximumPage).contains(limit) else {
            throw .invalidArgument("A page of \(limit) documents was asked for; it may have 1 to \(maximumPage).")
        }
    }
}
