public import BSON
import CMongoC

extension MongoCollection {
    /// Lends every document that matches to `body`, one after the other, without holding them: for millions.
    ///
    /// It reads what a majority of the replica set has, and occupies one connection until its end. It takes as long as
    /// it takes, but a server that does not answer for ``MongoPool/Configuration/callTimeout`` ends it with `timedOut`
    /// or `unavailable`, and the cancellation of the task with `cancelled` at the next document. `body` runs on a worker thread and never
    /// after this call has ended; what it throws ends the scan and comes out here.
    ///
    /// The bytes are one document each, as the server sent it, not validated; they die with each call of `body`. What
    /// is written meanwhile may come or not; a document is seen once unless its place in the index of `filter` changes.
    ///
    /// - Returns: How many documents there were.
    @discardableResult
    public func scan(
        _ filter: BSONDocument = [:],
        projection: BSONDocument? = nil,
        _ body: @escaping @Sendable (_ document: UnsafeRawBufferPointer) throws -> Void
    ) async throws -> Int {
        var options: BSONDocument = ["readConcern": ["level": "majority"]]
        if let projection { options.append("projection", .document(projection)) }
        let outcome = try await pool.run { [options] (client, job) throws(MongoError) -> Result<Int, any Error> in
            try client.withCollection(namespace) { (collection) throws(MongoError) in
                let filter = BSONHandle(filter)
                let options = BSONHandle(options)
                let cursor = mongoc_collection_find_with_opts(collection, filter.pointer, options.pointer, nil)
                var count = 0
                do {
                    let end = try client.forEach(in: cursor) { (bytes) throws(any Error) in
                        try job.runCallersCode { try body(bytes) }
                        count += 1
                    }
                    try end.get()
                    return .success(count)
                } catch {
                    return .failure(error)
                }
            }
        }
        return try outcome.get()
    }
}
