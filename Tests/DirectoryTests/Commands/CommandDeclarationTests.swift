import Testing

@testable import Directory

@Suite("A declaration of commands")
struct CommandDeclarationTests {
    private static let room = TokenDeclaration(
        key: "room",
        label: "회의실",
        type: .choice,
        values: ["S1", "대 회의실"],
        available: ["대회의실"],
        required: false
    )

    @Test("becomes commands when nothing is wrong with it")
    func sound() throws {
        let commands = try CommandDeclaration.validate([
            CommandDeclaration(
                name: "/예약  회의실",
                description: "빈 방을 잡습니다.\n오늘만.",
                tokens: [TokenDeclaration(key: "time", label: "시간", type: .timeRange), Self.room]
            ),
            CommandDeclaration(name: "/예약 목록"),
        ])
        #expect(
            commands == [
                Command(
                    name: CommandName(trusting: "/예약 회의실"),
                    description: "빈 방을 잡습니다.\n오늘만.",
                    tokens: [
                        Token(key: "time", label: "시간", type: .timeRange),
                        Token(
                            key: "room",
                            label: "회의실",
                            type: .choice,
                            values: ["S1", "대 회의실"],
                            available: ["대 회의실"],
                            required: false
                        ),
                    ]
                ),
                Command(name: CommandName(trusting: "/예약 목록")),
            ]
        )
    }

    @Test("may be empty, and a text token may stand anywhere")
    func edges() throws {
        #expect(try CommandDeclaration.validate([]).isEmpty)
        let texts = ["a", "b"].map { TokenDeclaration(key: $0, label: $0, type: .text) }
        #expect(try CommandDeclaration.validate([CommandDeclaration(name: "/a", tokens: texts)]).count == 1)
    }

    @Test("says where and why it is refused", arguments: Fault.all)
    func faults(fault: Fault) throws {
        let error = try #require(throws: InvalidDeclaration.self) {
            try CommandDeclaration.validate(fault.commands)
        }
        #expect(error.errors == fault.errors)
    }

    @Test("has bounds, and stops looking after a hundred faults")
    func bounds() throws {
        let hundred = (0..<100).map { CommandDeclaration(name: "/c\($0)") }
        #expect(try CommandDeclaration.validate(hundred).count == 100)
        let unnamed = (0..<100)
            .map { _ in
                CommandDeclaration(name: "", tokens: [TokenDeclaration(key: "", label: "", type: .text)])
            }
        let error = try #require(throws: InvalidDeclaration.self) { try CommandDeclaration.validate(unnamed) }
        #expect(error.errors.count == 100)
    }
}

struct Fault: CustomTestStringConvertible {
    let commands: [CommandDeclaration]
    let errors: [DeclarationError]

    init(_ commands: CommandDeclaration..., gives errors: [(String, DeclarationError.Reason)]) {
        self.init(commands, gives: errors)
    }

    init(_ commands: [CommandDeclaration], gives errors: [(String, DeclarationError.Reason)]) {
        self.commands = commands
        self.errors = errors.map { DeclarationError(path: $0, reason: $1) }
    }

    init(tokens: TokenDeclaration..., gives errors: [(String, DeclarationError.Reason)]) {
        self.init(CommandDeclaration(name: "/a", tokens: tokens), gives: errors)
    }

    var testDescription: String { errors.map { "\($0.path) \($0.reason)" }.joined(separator: ", ") }

    static let all = [
        Fault((0..<101).map { CommandDeclaration(name: "/c\($0)") }, gives: [("", .tooMany(maximum: 100))]),
        Fault(CommandDeclaration(name: "a"), gives: [("/0/name", .name(.noSlash))]),
        Fault(
            CommandDeclaration(name: "/a  b"),
            CommandDeclaration(name: "/c"),
            CommandDeclaration(name: "/a b"),
            gives: [("/2/name", .duplicate(first: "/0/name"))]
        ),
        Fault(
            CommandDeclaration(name: "/a", description: String(repeating: "가", count: 501)),
            gives: [("/0/description", .tooLong(maximum: 500))]
        ),
        Fault(
            CommandDeclaration(name: "/a", description: "a\u{0}"),
            gives: [("/0/description", .forbiddenCharacters)]
        ),
        Fault(
            CommandDeclaration(
                name: "/a",
                tokens: (0..<21).map { TokenDeclaration(key: "k\($0)", label: "l", type: .text) }
            ),
            gives: [("/0/tokens", .tooMany(maximum: 20))]
        ),
        Fault(
            tokens: TokenDeclaration(key: "", label: " ", type: .text),
            gives: [("/0/tokens/0/key", .empty), ("/0/tokens/0/label", .empty)]
        ),
        Fault(
            tokens: TokenDeclaration(key: "a b", label: "a\nb", type: .text),
            gives: [("/0/tokens/0/key", .forbiddenCharacters), ("/0/tokens/0/label", .forbiddenCharacters)]
        ),
        Fault(
            tokens: TokenDeclaration(
                key: String(repeating: "k", count: 65),
                label: String(repeating: "가", count: 101),
                type: .text
            ),
            gives: [("/0/tokens/0/key", .tooLong(maximum: 64)), ("/0/tokens/0/label", .tooLong(maximum: 100))]
        ),
        Fault(
            tokens: TokenDeclaration(key: "a", label: "a", type: .text),
            TokenDeclaration(key: "a", label: "b", type: .text),
            gives: [("/0/tokens/1/key", .duplicate(first: "/0/tokens/0/key"))]
        ),
        Fault(
            tokens: TokenDeclaration(key: "a", label: "a", type: .text, required: false),
            TokenDeclaration(key: "b", label: "b", type: .text),
            gives: [("/0/tokens/1/required", .requiredAfterOptional(key: "a"))]
        ),
        Fault(
            tokens: TokenDeclaration(key: "a", label: "a", type: .choice),
            gives: [("/0/tokens/0/values", .valuesMissing)]
        ),
        Fault(
            tokens: TokenDeclaration(key: "a", label: "a", type: .choice, values: []),
            gives: [("/0/tokens/0/values", .valuesMissing)]
        ),
        Fault(
            tokens: TokenDeclaration(key: "a", label: "a", type: .choice, values: (0..<201).map { "\($0)" }),
            gives: [("/0/tokens/0/values", .tooMany(maximum: 200))]
        ),
        Fault(
            tokens: TokenDeclaration(key: "a", label: "a", type: .choice, values: ["대회의실", "s1", "대 회의실"]),
            gives: [("/0/tokens/0/values/2", .duplicate(first: "/0/tokens/0/values/0"))]
        ),
        Fault(
            tokens: TokenDeclaration(
                key: "a",
                label: "a",
                type: .choice,
                values: ["", "a\nb", String(repeating: "가", count: 101)]
            ),
            gives: [
                ("/0/tokens/0/values/0", .empty), ("/0/tokens/0/values/1", .forbiddenCharacters),
                ("/0/tokens/0/values/2", .tooLong(maximum: 100)),
            ]
        ),
        Fault(
            tokens: TokenDeclaration(key: "a", label: "a", type: .choice, values: ["b"], available: ["c", "b", "B"]),
            gives: [
                ("/0/tokens/0/available/0", .notAValue),
                ("/0/tokens/0/available/2", .duplicate(first: "/0/tokens/0/available/1")),
            ]
        ),
        Fault(
            tokens: TokenDeclaration(key: "a", label: "a", type: .date, values: ["b"], available: ["b"]),
            gives: [("/0/tokens/0/values", .onlyForChoice), ("/0/tokens/0/available", .onlyForChoice)]
        ),
    ]
}
