import BSON
import CMongoC

/// libmongoc's pool of clients, and its threads that watch the servers.
final class ClientPool: Sendable {
    // `mongoc_client_pool_t` is thread-safe (mongoc_client_pool_t(3)); a `mongoc_client_t` is not, which is why it is
    // lent.
    nonisolated(unsafe) private let pointer: OpaquePointer

    /// Connects to nobody yet. Only the name of a `mongodb+srv:` address is looked up here, which blocks.
    init(_ address: borrowing ConnectionString, maximumClients: Int) throws(MongoError) {
        var error = bson_error_t()
        guard let pointer = mongoc_client_pool_new_with_error(address.pointer, &error) else {
            throw MongoError(error, reply: [:])
        }
        mongoc_client_pool_max_size(pointer, UInt32(clamping: maximumClients))
        // Errors of the server come with the server's numbers, apart from those that libmongoc makes.
        mongoc_client_pool_set_error_api(pointer, Int32(MONGOC_ERROR_API_VERSION_2))
        self.pointer = pointer
    }

    /// Lends a client to the calling thread. It blocks when all are lent, so never lend more than there are.
    func withClient<Result>(
        _ body: (borrowing Client) throws(MongoError) -> Result
    ) throws(MongoError) -> Result {
        guard let client = mongoc_client_pool_pop(pointer) else {
            throw MongoError(.unavailable, "No connection to MongoDB became free in time.")
        }
        defer { mongoc_client_pool_push(pointer, client) }
        return try body(Client(pointer: client))
    }

    /// Ends the connections and the threads; blocks while it says good-bye to the server. To be called once, when no
    /// client is lent, and nothing may be called after it.
    func destroy() {
        mongoc_client_pool_destroy(pointer)
    }
}
