import BSON
import CMongoC

extension MongoCollection {
    /// Sees to it that the indexes exist. Harmless when they do; indexes that are not named here stay.
    ///
    /// An index that differs from the one here only in ``MongoIndex/expireAfter`` is changed. Any other difference is
    /// the server's error (`server`, codes 85 and 86): drop the old index first. Building an index over many documents
    /// may take longer than one call may: then it is waited for as long as the server otherwise answers, up to
    /// `patience`.
    public func createIndexes(_ indexes: [MongoIndex], patience: Duration = .seconds(60)) async throws(MongoError) {
        guard !indexes.isEmpty else { return }
        let specifications = indexes.map { BSONValue.document($0.specification) }
        let command: BSONDocument = [
            "createIndexes": .string(name), "indexes": .array(BSONArray(specifications)),
        ]
        let end = ContinuousClock.now + patience
        do {
            try await runPatiently(command, until: end)
        } catch {
            guard error.isConflictOfIndexes, try await changeExpiry(indexes) else { throw error }
            try await runPatiently(command, until: end)
        }
    }

    /// The indexes as the server describes them, in no order that may be relied upon; none of a collection that is not
    /// there.
    func indexes() async throws(MongoError) -> [BSONDocument] {
        try await run { (client, collection) throws(MongoError) in
            try client.documents(in: mongoc_collection_find_indexes_with_opts(collection, nil))
        }
    }

    /// A build goes on in the server when the connection that asked for it times out, and the same command then waits
    /// for that build. A ping beside each attempt tells a server that builds from one that hangs.
    private func runPatiently(_ command: BSONDocument, until end: ContinuousClock.Instant) async throws(MongoError) {
        while true {
            let start = ContinuousClock.now
            async let isAlive = isAnswering()
            do {
                try await runWrite(command)
                return
            } catch {
                let now = ContinuousClock.now
                let wasSilent = error.isTransient && now - start >= pool.configuration.socketTimeout
                guard wasSilent, now < end, await isAlive else { throw error }
            }
        }
    }

    private func isAnswering() async -> Bool {
        (try? await pool.database(namespace.database).run(["ping": .int32(1)])) != nil
    }

    /// Returns whether anything was changed.
    private func changeExpiry(_ indexes: [MongoIndex]) async throws(MongoError) -> Bool {
        var isChanged = false
        for existing in try await self.indexes() {
            guard
                let keys = existing["key"]?.document,
                // The server may have other types of numbers; names are blind to them.
                let wanted = indexes.first(where: { MongoIndex.name(of: $0.keys) == MongoIndex.name(of: keys) }),
                let expiry = wanted.expireAfter?.components.seconds,
                existing["expireAfterSeconds"]?.int64 != expiry,
                let name = existing["name"]
            else { continue }
            try await runWrite([
                "collMod": .string(self.name),
                "index": ["name": name, "expireAfterSeconds": .int64(expiry)],
            ])
            isChanged = true
        }
        return isChanged
    }
}

extension MongoError {
    /// IndexOptionsConflict, IndexKeySpecsConflict.
    fileprivate var isConflictOfIndexes: Bool { serverCode == 85 || serverCode == 86 }
}
