import BSON
import CMongoC

/// A session, in which the commands on one cursor have to run. Ending it does no I/O: its number goes back to the pool.
struct SessionHandle: ~Copyable {
    private let pointer: OpaquePointer

    init(_ client: borrowing Client) throws(MongoError) {
        let options = mongoc_session_opts_new()
        defer { mongoc_session_opts_destroy(options) }
        mongoc_session_opts_set_causal_consistency(options, false)
        var error = bson_error_t()
        guard let pointer = mongoc_client_start_session(client.pointer, options, &error) else {
            throw MongoError(error, reply: [:])
        }
        self.pointer = pointer
    }

    deinit {
        mongoc_client_session_destroy(pointer)
    }

    /// Options for commands that run in this session, on this server.
    func options(server: UInt32) throws(MongoError) -> BSONDocument {
        let options = BSONHandle([:])
        var error = bson_error_t()
        guard mongoc_client_session_append(pointer, options.pointer, &error) else {
            throw MongoError(error, reply: [:])
        }
        bson_append_int32(options.pointer, "serverId", -1, Int32(bitPattern: server))
        do {
            return try BSONDocument(validating: bsonBytes(options.pointer))
        } catch {
            throw .invalidReply("a session", error.message)
        }
    }
}

extension Client {
    /// libmongoc's number of the server that is the primary now.
    func selectPrimary() throws(MongoError) -> UInt32 {
        var error = bson_error_t()
        guard let description = mongoc_client_select_server(pointer, true, nil, &error) else {
            throw MongoError(error, reply: [:])
        }
        defer { mongoc_server_description_destroy(description) }
        return mongoc_server_description_id(description)
    }
}
