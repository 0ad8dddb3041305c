import BSON
import CMongoC

/// A bulk operation of libmongoc, filled and executed within one job.
struct BulkHandle: ~Copyable {
    /// What was put into a document was checked where it came in, and MongoDB takes names that libmongoc would not,
    /// such as the empty one.
    private static let unchecked: BSONDocument = ["validate": false]

    private let pointer: OpaquePointer

    init(_ collection: OpaquePointer, options: BSONDocument) throws(MongoError) {
        let options = BSONHandle(options)
        guard let pointer = mongoc_collection_create_bulk_operation_with_opts(collection, options.pointer) else {
            throw .invalidArgument("libmongoc made no bulk operation.")
        }
        self.pointer = pointer
    }

    deinit {
        mongoc_bulk_operation_destroy(pointer)
    }

    func add(_ write: MongoWrite) throws(MongoError) {
        var error = bson_error_t()
        let isAdded =
            switch write {
            case .insert(let document):
                add(document, &error, mongoc_bulk_operation_insert_with_opts, options: Self.unchecked)
            case .deleteOne(let filter):
                add(filter, &error, mongoc_bulk_operation_remove_one_with_opts)
            case .deleteMany(let filter):
                add(filter, &error, mongoc_bulk_operation_remove_many_with_opts)
            case .replaceOne(let filter, let document, let upsert):
                add(filter, document, upsert, &error, mongoc_bulk_operation_replace_one_with_opts)
            case .updateOne(let filter, let update, let upsert):
                add(filter, update, upsert, &error, mongoc_bulk_operation_update_one_with_opts)
            case .updateMany(let filter, let update, let upsert):
                add(filter, update, upsert, &error, mongoc_bulk_operation_update_many_with_opts)
            }
        guard isAdded else { throw MongoError(error, reply: [:]) }
    }

    func execute(_ client: borrowing Client) throws(MongoError) -> BSONDocument {
        let reply = try client.call { (reply, error) in
            // The number of the server that took it, 0 on failure.
            mongoc_bulk_operation_execute(pointer, reply, &error) != 0
        }
        return try reply.document(of: "a write")
    }

    private typealias AddOne = (
        _ bulk: OpaquePointer?,
        _ document: OpaquePointer?,
        _ options: OpaquePointer?,
        _ error: UnsafeMutablePointer<bson_error_t>?
    ) -> Bool

    private typealias AddTwo = (
        _ bulk: OpaquePointer?,
        _ filter: OpaquePointer?,
        _ document: OpaquePointer?,
        _ options: OpaquePointer?,
        _ error: UnsafeMutablePointer<bson_error_t>?
    ) -> Bool

    private func add(
        _ document: BSONDocument,
        _ error: inout bson_error_t,
        _ function: AddOne,
        options: BSONDocument = [:]
    ) -> Bool {
        let document = BSONHandle(document)
        let options = BSONHandle(options)
        return function(pointer, document.pointer, options.pointer, &error)
    }

    private func add(
        _ filter: BSONDocument,
        _ document: BSONDocument,
        _ upsert: Bool,
        _ error: inout bson_error_t,
        _ function: AddTwo
    ) -> Bool {
        var options = Self.unchecked
        options.append("upsert", .bool(upsert))
        let filterHandle = BSONHandle(filter)
        let documentHandle = BSONHandle(document)
        let optionsHandle = BSONHandle(options)
        return function(pointer, filterHandle.pointer, documentHandle.pointer, optionsHandle.pointer, &error)
    }
}
