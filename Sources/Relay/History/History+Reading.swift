import API
import BSON
import Directory
import Logging
import Mongo

// Looking back: every method asks MongoDB and throws `storage_unavailable` when it does not answer in time.
extension History {
    func message(_ id: MessageID) async throws(Problem) -> Message? {
        try await asking { () async throws(MongoError) in
            try await self.messages.findOne(["_id": .string(id.description)])
        }
        .flatMap(message)
    }

    func messages(
        of member: ResourceID,
        bot: ResourceID?,
        page: HistoryPage,
        limit: Int
    ) async throws(Problem) -> [Message] {
        var filter: BSONDocument = [MessageField.memberID: .string(member.text)]
        if let bot { filter.append(MessageField.botID, .string(bot.text)) }
        var direction: Int64 = -1
        switch page {
        case .latest: break
        case .before(let id): filter.append("_id", .document(["$lt": .string(id.description)]))
        case .after(let id):
            filter.append("_id", .document(["$gt": .string(id.description)]))
            direction = 1
        }
        let query = filter
        let sort: BSONDocument = ["_id": .int64(direction)]
        return try await asking { () async throws(MongoError) in
            try await self.messages.find(query, sort: sort, limit: limit)
        }
        .compactMap(message)
    }

    /// Takes an answer to a message that no process has in memory: the one that carried it was stopped.
    ///
    /// - Returns: the message as it is now.
    func end(_ id: MessageID, from bot: ResourceID, with answer: Answer) async throws(Problem) -> Message {
        guard var message = try await message(id), message.bot?.id == bot else { throw Problem(.notFound) }
        guard message.status == .running else { throw message.refusalOfReply }
        message.take(answer, at: .now)
        let changes: BSONDocument
        do throws(BSONError) {
            changes = try message.ending()
        } catch {
            throw Problem(.invalidFields)
        }
        let filter: BSONDocument = [
            "_id": .string(id.description),
            MessageField.status: .string(Message.Status.running.rawValue),
        ]
        let result = try await asking { () async throws(MongoError) in
            try await self.messages.updateOne(filter, ["$set": .document(changes)])
        }
        guard result.matched == 1 else { throw Problem(.alreadyAnswered) }
        return message
    }

    private func asking<Answer>(
        _ query: () async throws(MongoError) -> Answer
    ) async throws(Problem) -> Answer {
        do throws(MongoError) {
            return try await query()
        } catch {
            logger.debug("MongoDB did not answer about messages.", metadata: ["reason": "\(error.message)"])
            throw Problem(.storageUnavailable, retryAfterSeconds: 1)
        }
    }

    private func message(_ document: BSONDocument) -> Message? {
        do throws(BSONError) {
            return try Message(document: document, now: .now)
        } catch {
            logger.error("A stored message cannot be read.", metadata: ["reason": "\(error)"])
            return nil
        }
    }
}
