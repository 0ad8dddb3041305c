import BSON
import CMongoC

/// A client of libmongoc, lent to one thread for one job. Its calls block.
struct Client: ~Copyable {
    let pointer: OpaquePointer

    /// How libmongoc treats a command that it does not know itself.
    enum CommandKind {
        /// Sent as it stands, once.
        case raw
        /// Sent to a primary, with the write concern of the options; `findAndModify` is repeated once when the
        /// connection breaks.
        case write
    }

    /// Runs a command. `options` are libmongoc's: `writeConcern`, `sessionId`, `serverId`.
    func run(
        _ command: BSONDocument,
        on database: String,
        options: BSONDocument = [:],
        kind: CommandKind = .raw
    ) throws(MongoError) -> ReplyHandle {
        try Self.check(name: database, of: "database")
        let commandHandle = BSONHandle(command)
        let optionsHandle = BSONHandle(options)
        return try call { (reply, error) in
            switch kind {
            case .raw:
                mongoc_client_command_with_opts(
                    pointer,
                    database,
                    commandHandle.pointer,
                    nil,
                    optionsHandle.pointer,
                    reply,
                    &error
                )
            case .write:
                mongoc_client_write_command_with_opts(
                    pointer,
                    database,
                    commandHandle.pointer,
                    optionsHandle.pointer,
                    reply,
                    &error
                )
            }
        }
    }

    /// Lends the handle of a collection.
    func withCollection<Result>(
        _ name: MongoNamespace,
        _ body: (_ collection: OpaquePointer) throws(MongoError) -> Result
    ) throws(MongoError) -> Result {
        try Self.check(name: name.database, of: "database")
        try Self.check(name: name.collection, of: "collection")
        guard let collection = mongoc_client_get_collection(pointer, name.database, name.collection) else {
            throw .invalidArgument("libmongoc made no handle for the collection \(name).")
        }
        defer { mongoc_collection_destroy(collection) }
        return try body(collection)
    }

    /// Calls a function of libmongoc that returns false on failure and fills in a reply and an error.
    func call(
        _ body: (_ reply: OpaquePointer, _ error: inout bson_error_t) -> Bool
    ) throws(MongoError) -> ReplyHandle {
        let reply = ReplyHandle()
        var error = bson_error_t()
        guard body(reply.pointer, &error) else {
            throw MongoError(error, reply: (try? reply.document(of: "a failed command")) ?? [:])
        }
        return reply
    }

    /// C would cut a name at its first zero; the server checks the rest.
    private static func check(name: String, of kind: String) throws(MongoError) {
        guard !name.isEmpty, !name.utf8.contains(0) else {
            throw .invalidArgument("The name of a \(kind) must not be empty or hold a zero character.")
        }
    }
}
