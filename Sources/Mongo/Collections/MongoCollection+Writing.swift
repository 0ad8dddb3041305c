public import BSON

/// Single writes: each is a bulk of one, so that errors, limits and repetition are the same for all.
extension MongoCollection {
    /// Inserts a document; one without an `_id` gets an ObjectID. Throws `duplicateKey` when a unique index has its
    /// key.
    public func insert(_ document: BSONDocument) async throws(MongoError) {
        try await bulkWrite([.insert(document)])
    }

    /// Inserts documents in their order, up to the first that cannot be.
    public func insert(_ documents: [BSONDocument]) async throws(MongoError) {
        try await bulkWrite(documents.map(MongoWrite.insert))
    }

    /// Applies operators such as `$set` to the first document that matches.
    @discardableResult
    public func updateOne(
        _ filter: BSONDocument,
        _ update: BSONDocument,
        upsert: Bool = false
    ) async throws(MongoError) -> MongoUpdateResult {
        try await MongoUpdateResult(bulkWrite([.updateOne(filter, update, upsert: upsert)]))
    }

    /// Applies operators to all documents that match. Not repeated when the connection breaks: some may have been
    /// updated then.
    @discardableResult
    public func updateMany(
        _ filter: BSONDocument,
        _ update: BSONDocument,
        upsert: Bool = false
    ) async throws(MongoError) -> MongoUpdateResult {
        try await MongoUpdateResult(bulkWrite([.updateMany(filter, update, upsert: upsert)]))
    }

    /// Puts a document in the place of the first one that matches.
    @discardableResult
    public func replaceOne(
        _ filter: BSONDocument,
        with document: BSONDocument,
        upsert: Bool = false
    ) async throws(MongoError) -> MongoUpdateResult {
        try await MongoUpdateResult(bulkWrite([.replaceOne(filter, with: document, upsert: upsert)]))
    }

    /// How many documents were deleted: 0 or 1.
    @discardableResult
    public func deleteOne(_ filter: BSONDocument) async throws(MongoError) -> Int {
        try await bulkWrite([.deleteOne(filter)]).deleted
    }

    /// How many documents were deleted. Not repeated when the connection breaks; what takes longer than the time limit
    /// goes on in the server, so delete great numbers in pages.
    @discardableResult
    public func deleteMany(_ filter: BSONDocument) async throws(MongoError) -> Int {
        try await bulkWrite([.deleteMany(filter)]).deleted
    }
}
