import BSON
import Logging
import Mongo

extension History {
    /// Replaces each message by its newest state, but never one that has its reply: another process may have taken it.
    ///
    /// - Returns: how many cannot be kept, whatever is tried.
    func store(_ batch: [Message]) async throws(MongoError) -> Int {
        var newest: [MessageID: Message] = [:]
        for message in batch { newest[message.id] = message }
        var unkept = 0
        var writes: [MongoWrite] = []
        for message in newest.values {
            do throws(BSONError) {
                writes.append(try Self.write(message))
            } catch {
                unkept += 1
                logger.error("A message cannot be kept.", metadata: ["id": "\(message.id)", "reason": "\(error)"])
            }
        }
        do throws(MongoError) {
            try await messages.bulkWrite(writes, ordered: false)
        } catch {
            // Without failed writes nothing is known of any; with one of another time all have to go again.
            guard !error.failedWrites.isEmpty, !error.failedWrites.contains(where: \.code.isTransient) else {
                throw error
            }
            // A duplicate is a message that is completed already.
            for failed in error.failedWrites where failed.code != .duplicateKey {
                unkept += 1
                logger.error("MongoDB does not keep a message.", metadata: ["reason": "\(failed.message)"])
            }
        }
        return unkept
    }

    private static func write(_ message: Message) throws(BSONError) -> MongoWrite {
        let filter: BSONDocument = [
            "_id": .string(message.id.description),
            MessageField.status: .document(["$ne": .string(Message.Status.completed.rawValue)]),
        ]
        return .replaceOne(filter, with: try message.document(), upsert: true)
    }

    /// Deletes some of the messages, so that no call is long however many there are. False when there may be more.
    func erase(_ erasure: HistoryErasure) async throws(MongoError) -> Bool {
        let portion = 1000
        let found = try await messages.find(erasure.filter, limit: portion, projection: ["_id": 1])
        let ids = found.compactMap { $0["_id"] }
        if !ids.isEmpty { try await messages.deleteMany(["_id": ["$in": .array(BSONArray(ids))]]) }
        return found.count < portion
    }

    func createIndexes() async throws(MongoError) {
        try await messages.createIndexes([
            MongoIndex([MessageField.memberID: .int64(1), "_id": .int64(-1)]),
            MongoIndex([MessageField.company: .int64(1)]),
            MongoIndex(
                [MessageField.createdAt: .int64(1)],
                expireAfter: .seconds(Int64(days) * 24 * 60 * 60)
            ),
        ])
    }
}

extension MongoError.Code {
    /// Whether a write of its own may succeed another time.
    fileprivate var isTransient: Bool { self == .unavailable || self == .timedOut }
}
