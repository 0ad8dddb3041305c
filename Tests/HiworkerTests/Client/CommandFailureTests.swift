import BSON
import Testing

@testable import hiworker

@Suite struct `Refusals of a server` {
    private static func problem(_ code: String) -> JSON.Object {
        ["type": "/docs/problems#x", "title": "T", "detail": "What to do.", "code": .string(code)]
    }

    @Test(arguments: [
        (401, "key_unknown", Outcome.keyRefused), (403, "key_wrong_kind", .keyRefused), (404, "not_found", .refused),
        (409, "command_taken", .refused), (422, "invalid_fields", .refused), (503, "storage_unavailable", .unavailable),
        (404, "unknown_command", .messageFailed), (503, "bot_offline", .messageFailed),
        (429, "rate_limited", .messageFailed),
    ])
    func `are a sentence with its code and an exit status`(_ status: Int, _ code: String, _ exit: Outcome) {
        let failure = CommandFailure(status: status, problem: Self.problem(code), from: "http://h")
        #expect(failure.message == "What to do. (\(code))")
        #expect(failure.status == exit)
        #expect(failure.code == code)
        #expect(failure.json == .object(Self.problem(code)))
    }

    @Test func `list what is wrong with which field`() {
        var problem = Self.problem("invalid_fields")
        problem["errors"] = [
            ["pointer": "/name", "code": "too_long", "detail": "Too long."],
            ["parameter": "limit", "code": "out_of_range", "detail": "Out of range."],
            ["token": .null, "code": "surplus", "detail": "Too much."],
        ]
        let failure = CommandFailure(status: 422, problem: problem, from: "http://h")
        #expect(
            failure.message == """
                What to do. (invalid_fields)
                  /name: Too long.
                  limit: Out of range.
                  Too much.
                """
        )
    }

    @Test func `cannot move the cursor of a terminal`() {
        var problem = Self.problem("not_found")
        problem["detail"] = "\u{1b}[2Jgone"
        #expect(
            CommandFailure(status: 404, problem: problem, from: "http://h").message == #"\u{1b}[2Jgone (not_found)"#
        )
    }

    @Test(arguments: [(502, Outcome.unavailable), (404, .refused)])
    func `that are none of ours are told with their status`(_ status: Int, _ exit: Outcome) {
        let failure = CommandFailure(status: status, problem: nil, from: "http://h")
        #expect(failure.status == exit)
        #expect(failure.message.contains("status \(status)"))
        #expect(failure.code == nil)
    }
}
