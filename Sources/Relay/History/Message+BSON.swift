import API
import BSON
import Directory

/// The fields of a document in `messages`. Deleting by company and by member relies on the first two.
enum MessageField {
    static let company = "company"
    static let memberID = "member.id"
    static let botID = "bot.id"
    static let status = "status"
    static let reply = "reply"
    static let problem = "problem"
    static let createdAt = "created_at"
    static let completedAt = "completed_at"
    static let deadline = "deadline"
}

extension Message {
    /// The document: `{_id, company, member: {id, name}, text, bot?: {id, name}, command?, tokens, status, reply?,
    /// problem?, created_at, completed_at?, deadline}`.
    ///
    /// Throws when the reply has a name that BSON cannot hold; ``BotAnswer`` lets none in.
    func document() throws(BSONError) -> BSONDocument {
        var document = BSONDocument()
        document.append("_id", .string(id.description))
        document.append(MessageField.company, .string(company))
        document.append("member", .document(["id": .string(member.id.text), "name": .string(member.name)]))
        document.append("text", .string(text))
        if let bot { document.append("bot", .document(["id": .string(bot.id.text), "name": .string(bot.name)])) }
        if let command { document.append("command", .string(command)) }
        document.append("tokens", .document(try BSONDocument(tokens)))
        document.append(MessageField.status, .string(status.rawValue))
        if let reply { document.append(MessageField.reply, .document(try BSONDocument(reply))) }
        if let problem { document.append(MessageField.problem, .document(try BSONDocument(problem.stored))) }
        document.append(MessageField.createdAt, .date(milliseconds: createdAt.milliseconds))
        if let completedAt {
            document.append(MessageField.completedAt, .date(milliseconds: completedAt.milliseconds))
        }
        document.append(MessageField.deadline, .date(milliseconds: deadline.milliseconds))
        return document
    }

    /// The fields that are set when it ends.
    func ending() throws(BSONError) -> BSONDocument {
        var fields = BSONDocument()
        fields.append(MessageField.status, .string(status.rawValue))
        if let reply { fields.append(MessageField.reply, .document(try BSONDocument(reply))) }
        if let problem { fields.append(MessageField.problem, .document(try BSONDocument(problem.stored))) }
        if let completedAt { fields.append(MessageField.completedAt, .date(milliseconds: completedAt.milliseconds)) }
        return fields
    }

    /// Reads a document that ``document()`` made; nil when an id in it is none. A message that still runs after its
    /// deadline has failed: the process that carried it is gone.
    init?(document: BSONDocument, now: Instant) throws(BSONError) {
        let member = try document.document("member")
        guard let id = MessageID(try document.string("_id")), let sender = ResourceID(try member.string("id")) else {
            return nil
        }
        self.init(
            id: id,
            company: try document.string(MessageField.company),
            member: Sender(id: sender, name: try member.string("name")),
            text: try document.string("text"),
            bot: nil,
            command: try document.optional.string("command"),
            tokens: try document.optional.document("tokens").map { JSON.Object($0) } ?? [:],
            status: Status(rawValue: try document.string(MessageField.status)) ?? .failed,
            reply: try document.optional.document(MessageField.reply).map { JSON.Object($0) },
            problem: try document.optional.document(MessageField.problem).flatMap { Problem(stored: JSON.Object($0)) },
            createdAt: Instant(milliseconds: try document.milliseconds(MessageField.createdAt)),
            completedAt: try document.optional.milliseconds(MessageField.completedAt).map(Instant.init(milliseconds:)),
            deadline: Instant(milliseconds: try document.milliseconds(MessageField.deadline))
        )
        if let bot = try document.optional.document("bot"), let id = ResourceID(try bot.string("id")) {
            self.bot = Bot(id: id, name: try bot.string("name"))
        }
        if status == .running, deadline < now {
            fail(Problem(.botTimeout, ["bot": bot?.name ?? ""]), at: deadline)
        }
    }
}
