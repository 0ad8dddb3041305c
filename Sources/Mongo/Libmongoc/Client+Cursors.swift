import BSON
import CMongoC

extension Client {
    /// Walks to the end of a cursor and destroys it. The bytes die with each call of `body`; what it throws ends the
    /// walk.
    ///
    /// `Failure` is the error of `body`; those of MongoDB come as `MongoError` in the inner result.
    func forEach<Failure: Error>(
        in cursor: OpaquePointer?,
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Void
    ) throws(Failure) -> Result<Void, MongoError> {
        // libmongoc returns a cursor always: one that fails at the first step, if need be.
        guard let cursor else { return .success(()) }
        // May tell the server to close its cursor.
        defer { mongoc_cursor_destroy(cursor) }
        var document: OpaquePointer?
        while mongoc_cursor_next(cursor, &document) {
            guard let document else { break }
            try body(bsonBytes(document))
        }
        var error = bson_error_t()
        var reply: OpaquePointer?
        guard mongoc_cursor_error_document(cursor, &error, &reply) else { return .success(()) }
        let details = reply.flatMap { try? BSONDocument(validating: bsonBytes($0)) }
        return .failure(MongoError(error, reply: details ?? [:]))
    }

    /// All documents of a cursor, which is destroyed.
    func documents(in cursor: OpaquePointer?) throws(MongoError) -> [BSONDocument] {
        var documents: [BSONDocument] = []
        let end = try forEach(in: cursor) { (bytes) throws(MongoError) in
            do throws(BSONError) {
                documents.append(try BSONDocument(validating: bytes))
            } catch {
                throw .invalidReply("find", error.message)
            }
        }
        try end.get()
        return documents
    }
}
