import BSON
import Testing

@testable import API

struct ProblemStoredTests {
    @Test(arguments: Problem.Code.allCases)
    func `a stored problem comes back as it was`(code: Problem.Code) throws {
        let problem = Problem(
            code,
            ["bot": "회의실", "usage": "/예약 <time>"],
            issues: [
                Problem.Issue(.field(pointer: "/a~1b"), .tooLong, ["maximum": "3"]),
                Problem.Issue(.parameter("after"), .repeated),
                Problem.Issue(.token(key: "time"), .required),
                Problem.Issue(.token(key: nil), .empty),
            ],
            members: ["id": "msg_1", "bot": ["id": "bot_1"]],
            retryAfterSeconds: 7
        )
        let bytes = JSON.object(problem.stored).bytes
        let stored = try #require(JSON(parsing: bytes).object)
        #expect(Problem(stored: stored) == problem)
    }

    @Test
    func `a bare problem is stored as its code alone`() {
        #expect(JSON.object(Problem(.botOffline).stored) == ["code": "bot_offline"])
        #expect(Problem(stored: ["code": "bot_offline"]) == Problem(.botOffline))
    }

    @Test
    func `a code of another version is not guessed`() {
        #expect(Problem(stored: ["code": "bot_on_fire"]) == nil)
        #expect(Problem(stored: [:]) == nil)
        #expect(Problem(stored: ["code": 3]) == nil)
    }

    @Test
    func `an issue of another version is left out`() {
        let stored: JSON.Object = [
            "code": "invalid_tokens",
            "issues": [["token": "time", "reason": "too_late_at_night"], ["token": "room", "reason": "required"], 3],
        ]
        #expect(Problem(stored: stored)?.issues == [Problem.Issue(.token(key: "room"), .required)])
    }
}
