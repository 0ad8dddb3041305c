public import BSON

/// A database of a deployment; a name and the pool, nothing more.
public struct MongoDatabase: Sendable {
    let pool: MongoPool
    public let name: String

    /// A collection of this name; it comes about with the first write.
    public func collection(
        _ name: String,
        writeConcern: MongoWriteConcern = .majorityJournaled
    ) -> MongoCollection {
        MongoCollection(
            pool: pool,
            namespace: MongoNamespace(database: self.name, collection: name),
            writeConcern: writeConcern
        )
    }

    /// Runs a command as it stands and returns its whole reply. It is sent once, to the primary, with no write concern
    /// but its own.
    @discardableResult
    public func run(_ command: BSONDocument) async throws(MongoError) -> BSONDocument {
        try await pool.run { (client) throws(MongoError) in
            try client.run(command, on: name).document(of: "a command")
        }
    }

    /// Removes the database with all its collections. Harmless when there is none.
    public func drop() async throws(MongoError) {
        try await pool.run { (client) throws(MongoError) in
            let options = MongoWriteConcern.majorityJournaled.options(within: pool.configuration.serverTimeLimit)
            _ = try client.run(["dropDatabase": .int32(1)], on: name, options: options, kind: .write)
        }
    }

    /// The changes to the collections of this database from now on, or from where an earlier stream broke off.
    ///
    /// - Parameters:
    ///   - pipeline: Stages that choose among the changes, such as a `$match` of `ns.coll`.
    ///   - fullDocument: Whether an update comes with the document as it is now.
    ///   - resumeAfter: The token of the last change that was dealt with.
    ///   - startAtOperationTime: Where to begin when there is no token: an `operationTime` that a command returned.
    ///
    /// Nothing happens before the first element is asked for. See ``MongoChangeStream``.
    public func changes(
        _ pipeline: [BSONDocument] = [],
        fullDocument: MongoChangeStream.FullDocument = .updateLookup,
        resumeAfter: BSONDocument? = nil,
        startAtOperationTime: UInt64? = nil
    ) -> MongoChangeStream {
        MongoChangeStream(
            pool: pool,
            query: ChangeStreamQuery(
                database: name,
                pipeline: pipeline,
                fullDocument: fullDocument,
                resumeAfter: resumeAfter,
                startAtOperationTime: startAtOperationTime,
                wait: pool.configuration.changeStreamWait
            )
        )
    }
}
