import BSON
import Logging
import Mongo

/// What every call to the directory consists of.
extension Directory {
    /// Runs a call under the time limit. The rest of one that is late is left out.
    func limited<Value: Sendable>(
        _ work: @escaping @Sendable () async throws(DirectoryError) -> Value
    ) async throws(DirectoryError) -> Value {
        try await withTimeLimit(Self.timeLimit, error: .late, work)
    }

    /// One step of a call: takes MongoDB's errors for ours, and does not begin when the call is late.
    func stored<Value: Sendable>(
        _ step: () async throws(MongoError) -> Value
    ) async throws(DirectoryError) -> Value {
        guard !Task.isCancelled else { throw .late }
        do throws(MongoError) {
            return try await step()
        } catch {
            throw .storageUnavailable(error.message)
        }
    }

    /// Waits until this process's snapshot shows what was written.
    func seen(_ condition: @escaping SnapshotWaiters.Condition) async throws(DirectoryError) {
        guard await follower.waiters.wait(until: condition) else { throw .late }
    }

    /// Reads one stored document as a resource. One that cannot be read is no reason to fail later calls, so it is an
    /// error of this one, with its sentence in the log.
    func read<Resource>(
        _ document: BSONDocument,
        _ make: (BSONDocument) throws -> Resource
    ) throws(DirectoryError) -> Resource {
        do {
            return try make(document)
        } catch {
            throw .storageUnavailable("The stored document \(document.idText) cannot be read. \(error)")
        }
    }

    /// Up to `limit` documents that match, by id, those behind `after`; fewer only when there are no more. Those that
    /// cannot be read are left out.
    func page<Resource: Sendable>(
        of collection: MongoCollection,
        _ filter: BSONDocument,
        after: String?,
        limit: Int,
        _ make: @escaping @Sendable (BSONDocument) throws -> Resource
    ) async throws(DirectoryError) -> [Resource] {
        try await limited { [self] () async throws(DirectoryError) in
            var resources: [Resource] = []
            var last = after.map { BSONValue.string($0) }
            while resources.count < limit {
                var filter = filter
                if let last { filter.append("_id", ["$gt": last]) }
                let wanted = limit - resources.count
                let documents = try await stored { [filter] () async throws(MongoError) in
                    try await collection.find(filter, sort: ["_id": 1], limit: wanted)
                }
                resources += documents.compactMap { readable($0, of: collection, make) }
                guard documents.count == wanted else { break }
                last = documents.last?["_id"]
            }
            return resources
        }
    }

    private func readable<Resource>(
        _ document: BSONDocument,
        of collection: MongoCollection,
        _ make: (BSONDocument) throws -> Resource
    ) -> Resource? {
        do {
            return try make(document)
        } catch {
            logger.error(
                "A stored document cannot be read and is left out.",
                metadata: ["document": "\(collection.name)/\(document.idText)", "reason": "\(error)"]
            )
            return nil
        }
    }

    /// Makes a document of what a caller said. The bounds of `metadata` are checked before it comes here.
    func encode<Value>(_ make: () throws(BSONError) -> Value) throws(DirectoryError) -> Value {
        do throws(BSONError) {
            return try make()
        } catch {
            throw .storageUnavailable("It cannot be stored. \(error.message)")
        }
    }
}

extension DirectoryError {
    /// The call went over its time limit, or the snapshot did not show what it wrote.
    static let late = DirectoryError.storageUnavailable(
        "MongoDB did not answer in time. What was asked for may have been carried out all the same."
    )
}

extension BSONDocument {
    /// How often the stored document was updated.
    var revision: Int64 { self["revision"]?.int64 ?? 0 }

    /// For the log.
    fileprivate var idText: String { self["_id"]?.string ?? "?" }
}
