import BSON
import Directory
import Testing

@testable import API

struct CommandFieldTests {
    private let reserve: JSON = [
        "name": "/예약   회의실",
        "description": "회의실을 예약합니다.",
        "tokens": [
            ["key": "time", "label": "시간", "type": "time_range"],
            [
                "key": "room", "label": "회의실", "type": "choice", "values": ["S1", "대 회의실"], "available": ["S1"],
                "required": false,
            ],
        ],
    ]

    @Test
    func `a declaration becomes commands, and those come back as they were declared`() throws {
        let commands = try Command.declaration(body: ["commands": [reserve, ["name": "/목록"]]])
        #expect(commands.map(\.name.text) == ["/예약 회의실", "/목록"])
        #expect(
            JSON.object(commands[0].resource) == [
                "name": "/예약 회의실",
                "description": "회의실을 예약합니다.",
                "tokens": [
                    ["key": "time", "label": "시간", "type": "time_range", "required": true],
                    [
                        "key": "room", "label": "회의실", "type": "choice", "values": ["S1", "대 회의실"],
                        "available": ["S1"], "required": false,
                    ],
                ],
            ]
        )
        #expect(JSON.object(commands[1].resource) == ["name": "/목록", "description": .null, "tokens": []])
    }

    @Test
    func `what is shown can be declared again`() throws {
        let commands = try Command.declaration(body: ["commands": [reserve]])
        let again = try Command.declaration(body: ["commands": .array(commands.map { .object($0.resource) })])
        #expect(again == commands)
    }

    @Test
    func `an empty list takes all commands away`() throws {
        #expect(try Command.declaration(body: ["commands": []]) == [])
    }

    @Test(
        arguments: [
            (["name": "예약"], "/commands/0/name", Reason.commandWithoutSlash),
            (["name": " "], "/commands/0/name", .empty),
            (["name": "/"], "/commands/0/name", .nothingAfterSlash),
            (["name": "/a b c d"], "/commands/0/name", .tooManyWords),
            (["name": "/a!"], "/commands/0/name", .invalidCommandCharacter),
            (["name": .string("/" + String(repeating: "a", count: 33))], "/commands/0/name", .wordTooLong),
            (["name": "/help me"], "/commands/0/name", .reservedCommand),
            (["name": "/a", "description": "\u{7}"], "/commands/0/description", .invalidCharacters),
            (
                ["name": "/a", "tokens": [["key": "k e", "label": "l", "type": "text"]]], "/commands/0/tokens/0/key",
                .invalidKey
            ),
            (
                ["name": "/a", "tokens": [["key": "k", "label": "", "type": "text"]]], "/commands/0/tokens/0/label",
                .empty
            ),
            (
                ["name": "/a", "tokens": [["key": "k", "label": "l", "type": "choice"]]], "/commands/0/tokens/0/values",
                .valuesMissing
            ),
            (
                ["name": "/a", "tokens": [["key": "k", "label": "l", "type": "text", "values": ["v"]]]],
                "/commands/0/tokens/0/values", .onlyForChoice
            ),
            (
                [
                    "name": "/a",
                    "tokens": [["key": "k", "label": "l", "type": "choice", "values": ["v"], "available": ["w"]]],
                ], "/commands/0/tokens/0/available/0", .notAValue
            ),
            (
                [
                    "name": "/a",
                    "tokens": [
                        ["key": "k", "label": "l", "type": "text", "required": false],
                        ["key": "m", "label": "l", "type": "text"],
                    ],
                ], "/commands/0/tokens/1/required", .requiredAfterOptional
            ),
            (
                [
                    "name": "/a",
                    "tokens": [
                        ["key": "k", "label": "l", "type": "text"], ["key": "k", "label": "l", "type": "text"],
                    ],
                ], "/commands/0/tokens/1/key", .duplicate
            ),
            (3, "/commands/0", .wrongType),
            (["tokens": []], "/commands/0/name", .required),
            (["name": "/a", "nmae": 1], "/commands/0/nmae", .unknownField),
            (
                ["name": "/a", "tokens": [["key": "k", "label": "l", "type": "colour"]]], "/commands/0/tokens/0/type",
                .unknownValue
            ),
            (
                ["name": "/a", "tokens": [["key": "k", "label": "l", "type": "text", "required": "no"]]],
                "/commands/0/tokens/0/required", .wrongType
            ),
            (
                ["name": "/a", "tokens": [["key": "k", "label": "l", "type": "choice", "values": ["v", 3]]]],
                "/commands/0/tokens/0/values/1", .wrongType
            ),
            (
                ["name": "/a", "tokens": [["key": "k", "label": "l", "type": "text", "vlaues": []]]],
                "/commands/0/tokens/0/vlaues", .unknownField
            ),
        ] as [(JSON, String, Reason)]
    )
    func `each fault is told once, where it is`(command: JSON, pointer: String, reason: Reason) throws {
        let problem = try #require(throws: Problem.self) { try Command.declaration(body: ["commands": [command]]) }
        #expect(problem.issues.map(\.place) == [.field(pointer: pointer)])
        #expect(problem.issues.map(\.reason) == [reason])
        for issue in problem.issues {
            for language in Language.allCases { #expect(!issue.detail(in: language).contains("{")) }
        }
    }

    @Test
    func `a malformed command hides no fault of the others`() throws {
        let problem = try #require(throws: Problem.self) {
            try Command.declaration(body: ["commands": [["name": 3], ["name": "/a"], ["name": "/a"], ["name": "b"]]])
        }
        #expect(
            problem.issues == [
                Problem.Issue(.field(pointer: "/commands/0/name"), .wrongType, ["expected": "string"]),
                Problem.Issue(.field(pointer: "/commands/2/name"), .duplicate, ["first": "/commands/1/name"]),
                Problem.Issue(.field(pointer: "/commands/3/name"), .commandWithoutSlash),
            ]
        )
    }

    @Test
    func `a bot has at most a hundred commands`() throws {
        let commands = (0...100).map { JSON.object(["name": .string("/c\($0)")]) }
        #expect(try Command.declaration(body: ["commands": .array(Array(commands.dropLast()))]).count == 100)
        let problem = try #require(throws: Problem.self) {
            try Command.declaration(body: ["commands": .array(commands)])
        }
        #expect(problem.issues == [Problem.Issue(.field(pointer: "/commands"), .tooMany, ["maximum": "100"])])
    }
}
