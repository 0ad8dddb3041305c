public import BSON

extension MongoCollection {
    /// Applies operators to the first document that matches, and returns that document, in one step that no other write
    /// comes between.
    ///
    /// - Parameters:
    ///   - sort: Which is the first, when several match.
    ///   - returnNew: The document as it is after the update; otherwise as it was before.
    ///   - upsert: Inserts one when none matches.
    ///   - projection: Which fields to return; all when nil.
    /// - Returns: nil when none matched and none was inserted, and when the one before an insertion was asked for.
    @discardableResult
    public func findOneAndUpdate(
        _ filter: BSONDocument,
        _ update: BSONDocument,
        sort: BSONDocument? = nil,
        returnNew: Bool = true,
        upsert: Bool = false,
        projection: BSONDocument? = nil
    ) async throws(MongoError) -> BSONDocument? {
        try MongoWrite.updateOne(filter, update).check()
        var command: BSONDocument = [
            "findAndModify": .string(name),
            "query": .document(filter),
            "update": .document(update),
            "new": .bool(returnNew),
            "upsert": .bool(upsert),
            "maxTimeMS": maxTime,
        ]
        if let sort { command.append("sort", .document(sort)) }
        if let projection { command.append("fields", .document(projection)) }
        let reply = try await runWrite(command)
        return reply["value"]?.document
    }

    /// Runs a command that writes to this collection, with its write concern.
    @discardableResult
    func runWrite(_ command: BSONDocument) async throws(MongoError) -> BSONDocument {
        try await pool.run { (client) throws(MongoError) in
            try client.run(command, on: namespace.database, options: writeOptions, kind: .write)
                .document(of: command.keys.first ?? "a command")
        }
    }
}
