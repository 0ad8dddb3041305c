import BSON

/// A collection: its name, the pool, and when its writes count as done.
///
/// All calls throw ``MongoError`` and end within ``MongoPool/Configuration/callTimeout``. Reads go to the primary.
/// Reads and writes of single documents are repeated once by libmongoc when the connection breaks, without
/// being carried out twice.
public struct MongoCollection: Sendable {
    let pool: MongoPool
    let namespace: MongoNamespace
    public let writeConcern: MongoWriteConcern

    public var name: String { namespace.collection }

    /// Runs a job with this collection's handle.
    func run<Value: Sendable>(
        _ work: @escaping @Sendable (borrowing Client, _ collection: OpaquePointer) throws(MongoError) -> Value
    ) async throws(MongoError) -> Value {
        try await pool.run { (client) throws(MongoError) in
            try client.withCollection(namespace) { (collection) throws(MongoError) in
                try work(client, collection)
            }
        }
    }

    /// How long the server may work on one call, in milliseconds.
    var maxTime: BSONValue { .int64(pool.configuration.serverTimeLimit.inMilliseconds) }

    var writeOptions: BSONDocument { writeConcern.options(within: pool.configuration.serverTimeLimit) }
}
