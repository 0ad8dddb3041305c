import API
import BSON
import Directory
import Testing

@testable import Relay

@Suite
struct `A message's document` {
    static let now = Sample.created.advanced(by: .seconds(60))

    static var messages: [Message] {
        var refused = Message(
            id: Sample.id(2),
            request: NewMessage(text: "안녕"),
            member: Sample.member,
            now: Sample.created
        )
        refused.fail(Problem(.unknownCommand, ["text": "안녕"]), at: Sample.created)
        return [
            Sample.message(),
            Sample.message(reply: [
                "text": "네\u{0}", "": [1, 1.0, -0.0, .null, true, ["$a.b": "c"]], "big": .integer(.max),
            ]),
            Sample.message(
                problem: Problem(
                    .invalidTokens,
                    ["usage": "/예약 회의실 <시간>"],
                    issues: [.init(.token(key: "time"), .missingToken, ["label": "시간"])],
                    members: ["usage": "/예약 회의실 <시간>"],
                    retryAfterSeconds: 3
                )
            ),
            refused,
        ]
    }

    @Test(arguments: messages.indices)
    func `is read back as it was`(index: Int) throws {
        let message = Self.messages[index]
        let document = try message.document()
        let read = try #require(try Message(document: document, now: Self.now))
        #expect(try read.document() == document)
        #expect(read.body(in: .korean) == message.body(in: .korean))
        #expect(read.member == message.member)
        #expect(read.bot == message.bot)
        #expect(read.company == message.company)
        #expect(read.deadline == message.deadline)
        #expect(read.problem == message.problem)
    }

    @Test
    func `holds times as dates and what deletions look for`() throws {
        let document = try Sample.message(reply: ["text": "네"]).document()
        #expect(document["_id"] == .string(Sample.id(1).description))
        #expect(document["company"] == "example.com")
        #expect(document["member"] == ["id": "mem_Hana", "name": "김하나"])
        #expect(document["bot"] == ["id": "bot_Rooms", "name": "예약봇"])
        #expect(document["status"] == "completed")
        #expect(document["created_at"] == .date(milliseconds: Sample.created.milliseconds))
        #expect(document["completed_at"] == .date(milliseconds: Sample.created.milliseconds + 2_000))
        #expect(document["deadline"] == .date(milliseconds: Sample.created.milliseconds + 900_000))
        #expect(document["problem"] == nil)
    }

    @Test(arguments: [(-1, Message.Status.running), (0, .running), (1, .failed)] as [(Int64, Message.Status)])
    func `of a message that nobody carries any more is one that failed at its deadline`(
        milliseconds: Int64,
        status: Message.Status
    ) throws {
        let message = Sample.message()
        let now = Instant(milliseconds: message.deadline.milliseconds + milliseconds)
        let read = try #require(try Message(document: try message.document(), now: now))
        #expect(read.status == status)
        #expect(read.completedAt == (status == .failed ? message.deadline : nil))
        #expect(read.problem == (status == .failed ? Problem(.botTimeout, ["bot": "예약봇"]) : nil))
    }

    @Test
    func `with a status that this version does not know counts as failed`() throws {
        var document = try Sample.message().document()
        document["status"] = "postponed"
        #expect(try Message(document: document, now: Self.now)?.status == .failed)
    }

    @Test(arguments: [("_id", "msg_1"), ("_id", ""), ("member", "")])
    func `with an id that is none is no message`(field: String, id: String) throws {
        var document = try Sample.message().document()
        document[field] = field == "member" ? ["id": .string(id), "name": "x"] : .string(id)
        #expect(try Message(document: document, now: Self.now) == nil)
    }

    @Test(arguments: ["_id", "company", "member", "text", "status", "created_at", "deadline"])
    func `without a field that every message has is an error`(field: String) throws {
        var document = try Sample.message().document()
        document[field] = nil
        #expect(throws: BSONError.self) { try Message(document: document, now: Self.now) }
    }

    @Test
    func `cannot be made of a reply with a NUL in a name`() {
        let message = Sample.message(reply: ["text": "a", "a\u{0}b": 1])
        #expect(throws: BSONError.self) { try message.document() }
    }
}
