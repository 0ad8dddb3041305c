import BSON
import CMongoC

extension MongoCollection {
    /// Carries out many writes in few round trips.
    ///
    /// - Parameters:
    ///   - writes: Any number; libmongoc cuts them into messages that the server takes. None is no call at all.
    ///   - ordered: One after the other up to the first that fails; otherwise in any order, and all are tried.
    ///
    /// Throws the error of the first write that failed, with all of them in ``MongoError/failedWrites``; the others
    /// stay done.
    @discardableResult
    public func bulkWrite(_ writes: [MongoWrite], ordered: Bool = true) async throws(MongoError) -> MongoBulkResult {
        guard !writes.isEmpty else { return MongoBulkResult() }
        for write in writes { try write.check() }
        var options = writeOptions
        options.append("ordered", .bool(ordered))
        return try await run { [options] (client, collection) throws(MongoError) in
            let bulk = try BulkHandle(collection, options: options)
            for write in writes { try bulk.add(write) }
            return try MongoBulkResult(bulk.execute(client))
        }
    }
}
