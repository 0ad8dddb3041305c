import BSON
import Testing

@testable import API

struct ProblemBodyTests {
    private let taken = Problem(
        .commandTaken,
        ["command": "/예약 회의실", "bot": "회의실"],
        members: ["bot": ["id": "bot_1", "name": "회의실"]]
    )

    @Test
    func `a problem is written with its members in order`() {
        let body = taken.body(in: .english)
        #expect(body.keys == ["type", "title", "status", "detail", "code", "bot"])
        #expect(body["type"] == "/docs/problems#command_taken")
        #expect(body["title"] == "Command taken")
        #expect(body["status"] == 409)
        #expect(
            body["detail"]
                == "The bot '회의실' of this company has the command '/예약 회의실'. Use another name, or remove it there first."
        )
        #expect(body["code"] == "command_taken")
    }

    @Test
    func `the same problem is read in Korean`() {
        let body = taken.body(in: .korean)
        #expect(body["title"] == "다른 봇의 명령입니다")
        #expect(
            body["detail"] == "'/예약 회의실' 명령은 같은 회사의 봇 '회의실'에 이미 있습니다. 다른 이름을 쓰거나 그 봇에서 먼저 빼세요."
        )
    }

    @Test
    func `issues are written as errors, each with its place`() throws {
        let problem = Problem(
            .invalidFields,
            issues: [
                Problem.Issue(.field(pointer: "/commands/0/name"), .tooLong, ["maximum": "100"]),
                Problem.Issue(.parameter("limit"), .outOfRange, ["minimum": "1", "maximum": "200"]),
                Problem.Issue(.token(key: "time"), .required),
                Problem.Issue(.token(key: nil), .required),
            ]
        )
        let errors = try #require(problem.body(in: .korean)["errors"]?.array)
        #expect(
            errors == [
                ["pointer": "/commands/0/name", "code": "too_long", "detail": "100자까지 쓸 수 있습니다."],
                ["parameter": "limit", "code": "out_of_range", "detail": "1부터 200까지의 값이어야 합니다."],
                ["token": "time", "code": "required", "detail": "꼭 필요한 값입니다."],
                ["token": .null, "code": "required", "detail": "꼭 필요한 값입니다."],
            ]
        )
    }

    @Test
    func `the bytes are the body as JSON`() throws {
        #expect(try JSON(parsing: taken.bytes(in: .korean)) == .object(taken.body(in: .korean)))
    }

    @Test(arguments: [Language.korean, .english])
    func `words of ours are translated where they stand as values`(language: Language) {
        let problem = Problem(.keyWrongKind, ["needed": "platform", "presented": "bot"])
        #expect(
            problem.detail(in: language)
                == (language == .korean
                    ? "이 호출에는 플랫폼 관리자 키(hwa_)가 필요한데, 보낸 것은 봇 키(hwb_)입니다. 맞는 키로 다시 요청하세요."
                    : "This call needs an admin key of the platform (hwa_…), but what was sent is a bot's key (hwb_…)."
                        + " Call again with the right key.")
        )
    }

    @Test(
        arguments: [
            "", " ", "{", "\"", "{\"a\":1,\"a\":2}", "[1]]", "nul", "01", "1e999", "\"\\x\"", "\"\\ud800\"",
            "\"\u{1}\"",
            "\u{FEFF}{}", "[,]",
        ]
    )
    func `every fault of JSON has words in both languages`(text: String) throws {
        let error = try #require(throws: JSONError.self) { try JSON(parsing: text) }
        for language in Language.allCases {
            let detail = try #require(Problem(json: error).issues.first?.detail(in: language))
            #expect(detail.contains("\(error.offset)"))
            #expect(!detail.contains(error.code.description), "the code itself is no sentence: \(detail)")
        }
    }
}
