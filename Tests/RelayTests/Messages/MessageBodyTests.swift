import API
import BSON
import Directory
import Testing

@testable import Relay

@Suite
struct `A message as its sender gets it` {
    private func text(_ message: Message, in language: Language = .english) -> String {
        JSON.object(message.body(in: language)).text
    }

    private let common = """
        "text":"/예약 회의실 10~11","bot":"bot_Rooms","command":"/예약 회의실","tokens":{"time":"10:00~11:00"}
        """

    @Test
    func `is without reply and problem while it runs`() {
        let body = """
            {"id":"\(Sample.id(1))","status":"running",\(common),"created_at":"2100-01-01T08:00:00.123Z"}
            """
        #expect(text(Sample.message()) == body)
    }

    @Test
    func `shows the reply as the bot sent it`() {
        let reply: JSON.Object = ["text": "예약했습니다.", "room": ["S1", 4, 1.5, .null, true]]
        let body = """
            {"id":"\(Sample.id(1))","status":"completed",\(common),\
            "reply":{"text":"예약했습니다.","room":["S1",4,1.5,null,true]},\
            "created_at":"2100-01-01T08:00:00.123Z","completed_at":"2100-01-01T08:00:02.123Z"}
            """
        #expect(text(Sample.message(reply: reply)) == body)
    }

    @Test(arguments: Language.allCases)
    func `shows its problem in the reader's language`(language: Language) {
        let problem = Problem(.botTimeout, ["bot": "예약봇"])
        let body = Sample.message(problem: problem).body(in: language)
        #expect(body["status"] == "failed")
        #expect(body["problem"]?.object == problem.body(in: language))
        #expect(body["completed_at"] == "2100-01-01T08:00:02.123Z")
        #expect(body["reply"] == nil)
    }

    @Test
    func `says null for a bot and a command that were not found`() {
        let message = Message(
            id: Sample.id(1),
            request: NewMessage(text: "안녕"),
            member: Sample.member,
            now: Sample.created
        )
        let body = """
            {"id":"\(Sample.id(1))","status":"running","text":"안녕","bot":null,"command":null,"tokens":{},\
            "created_at":"2100-01-01T08:00:00.123Z"}
            """
        #expect(text(message) == body)
    }

    @Test
    func `has fifteen minutes for its reply`() {
        #expect(Sample.message().deadline == Sample.created.advanced(by: .seconds(900)))
    }
}

@Suite
struct `The answer to a message` {
    @Test
    func `is 200 with the message once it is completed`() {
        let message = Sample.message(reply: ["text": "네"])
        let response = SendAnswer.message(message).response(in: .korean)
        #expect(response.status == 200)
        #expect(response.problem == nil)
        #expect(response.body == JSON.object(message.body(in: .korean)).bytes)
    }

    @Test
    func `is 202 with the message while it runs`() {
        let response = SendAnswer.message(Sample.message()).response(in: .english)
        #expect(response.status == 202)
        #expect(response.problem == nil)
        #expect(response.body == JSON.object(Sample.message().body(in: .english)).bytes)
    }

    @Test(arguments: [
        (Problem.Code.unknownCommand, 404), (.invalidTokens, 422), (.botOffline, 503), (.botTimeout, 504),
    ])
    func `of a failed message is its problem with the message's id`(code: Problem.Code, status: Int) throws {
        let response = SendAnswer.message(Sample.message(problem: Problem(code))).response(in: .english)
        let body = try JSON(parsing: response.body)
        #expect(response.status == status)
        #expect(body["code"]?.string == code.rawValue)
        #expect(body["id"]?.string == Sample.id(1).description)
        #expect(response.problem?.code == code)
    }

    @Test
    func `of a failed message whose problem this version does not know is an internal error`() {
        var message = Sample.message(problem: Problem(.botError))
        message.problem = nil
        #expect(SendAnswer.message(message).response(in: .english).status == 500)
    }

    @Test
    func `that no message came of is the problem without an id`() throws {
        let problem = Problem(.rateLimited, retryAfterSeconds: 2)
        let response = SendAnswer.refused(problem).response(in: .korean)
        #expect(response.status == 429)
        #expect(response.problem?.retryAfterSeconds == 2)
        #expect(try JSON(parsing: response.body)["id"] == nil)
        #expect(response.body == problem.bytes(in: .korean))
    }
}
