import BSON
import Testing

@testable import API

struct MessageBodyTests {
    @Test
    func `a message waits three seconds unless it says otherwise`() throws {
        #expect(try NewMessage(body: ["text": "/예약"]) == NewMessage(text: "/예약", wait: .seconds(3)))
        let message = try NewMessage(body: ["text": "/예약", "bot": "회의실", "wait_seconds": 0.5])
        #expect(message == NewMessage(text: "/예약", bot: "회의실", wait: .milliseconds(500)))
        #expect(try NewMessage(body: ["text": "/예약", "bot": .null, "wait_seconds": 0]).wait == .zero)
    }

    @Test(
        arguments: [
            ([:], "/text", Reason.required),
            (["text": " \n"], "/text", .empty),
            (["text": .string(String(repeating: "가", count: 20_001))], "/text", .tooLong),
            (["text": "/a", "bot": ""], "/bot", .empty),
            (["text": "/a", "bot": 3], "/bot", .wrongType),
            (["text": "/a", "wait_seconds": 30.1], "/wait_seconds", .outOfRange),
            (["text": "/a", "wait_seconds": -0.1], "/wait_seconds", .outOfRange),
            (["text": "/a", "wait_seconds": "3"], "/wait_seconds", .wrongType),
            (["text": "/a", "wait": 3], "/wait", .unknownField),
        ] as [(JSON.Object, String, Reason)]
    )
    func `a message's faults are told`(body: JSON.Object, pointer: String, reason: Reason) throws {
        let problem = try #require(throws: Problem.self) { try NewMessage(body: body) }
        #expect(problem.issues.map(\.place) == [.field(pointer: pointer)])
        #expect(problem.issues.map(\.reason) == [reason])
    }

    @Test
    func `a reply keeps whatever the bot sends beside its text`() throws {
        let body: JSON.Object = ["text": "예약했습니다", "blocks": [["kind": "table"]], "": 1]
        #expect(try JSON.Object(replyBody: body) == body)
    }

    @Test(
        arguments: [
            ([:], "/text", Reason.required),
            (["text": ""], "/text", .empty),
            (["text": 3], "/text", .wrongType),
            (["text": "a", "blocks": [["\u{0}": 1]]], "", .invalidMemberName),
        ] as [(JSON.Object, String, Reason)]
    )
    func `a reply says something that can be stored`(body: JSON.Object, pointer: String, reason: Reason) throws {
        let problem = try #require(throws: Problem.self) { try JSON.Object(replyBody: body) }
        #expect(problem.issues.map(\.place) == [.field(pointer: pointer)])
        #expect(problem.issues.map(\.reason) == [reason])
    }
}
