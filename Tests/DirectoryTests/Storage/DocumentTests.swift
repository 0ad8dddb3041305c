import BSON
import Testing

@testable import Directory

@Suite("Stored documents")
struct DocumentTests {
    private let now = Instant(milliseconds: 1_764_000_000_123)
    private let metadata: JSON.Object = ["z": 1, "a": [1.5, "x", .null], "": ["deep": true]]

    @Test("hold a company as it was")
    func company() throws {
        let document = try CompanyDocument.make(
            NewCompany(domain: "example.com", name: "회사", timeZone: "Asia/Tokyo", metadata: metadata),
            now: now
        )
        #expect(Set(document.keys).isSubset(of: CompanyDocument.fields) && document.revision == 1)
        let company = try Company(document)
        #expect(company.domain == "example.com" && company.name == "회사" && company.timeZone == "Asia/Tokyo")
        #expect(company.metadata == metadata && company.createdAt == now && company.unknownFields.isEmpty)
        let entry = try document.entry(CompanyDocument.entry)
        #expect(entry.revision == 1 && !entry.isBeingDeleted)
    }

    @Test("hold a member as it was", arguments: ["hana@example.com", nil])
    func member(email: String?) throws {
        let id = ResourceID.random(.member)
        let document = try MemberDocument.make(
            NewMember(name: "김하나", email: email, metadata: metadata),
            id: id,
            company: "example.com",
            now: now
        )
        #expect(Set(document.keys).isSubset(of: MemberDocument.fields))
        let member = try Member(document)
        #expect(member.id == id.text && member.company == "example.com" && member.name == "김하나")
        #expect(member.email == email && member.metadata == metadata && member.createdAt == now)
    }

    @Test(
        "hold a bot as it was, whatever its commands",
        arguments: [
            [],
            [Command(name: CommandName(trusting: "/a"))],
            [
                Command(
                    name: CommandName(trusting: "/예약 회의실"),
                    description: "",
                    tokens: TokenType.allCases.map { type in
                        Token(
                            key: type.rawValue,
                            label: "라벨",
                            type: type,
                            values: type == .choice ? ["S1", "대 회의실"] : [],
                            available: type == .choice ? [] : nil,
                            required: type != .member
                        )
                    }
                )
            ],
        ] as [[Command]],
        [Delivery.socket, .webhook(url: "https://bot.example/hook?a=b")]
    )
    func bot(commands: [Command], delivery: Delivery) throws {
        let id = ResourceID.random(.bot)
        let secrets = [
            WebhookSecret(bytes: Array(0..<24)), WebhookSecret(bytes: Array(24..<48), expiresAt: now),
        ]
        let document = try BotDocument.make(
            NewBot(name: "봇", description: "설명", commands: commands, delivery: delivery, metadata: metadata),
            id: id,
            company: "example.com",
            webhookSecrets: secrets,
            now: now
        )
        #expect(Set(document.keys).isSubset(of: BotDocument.fields))
        let bot = try Bot(document)
        #expect(bot.id == id.text && bot.commands == commands && bot.delivery == delivery)
        #expect(bot.webhookSecrets == secrets && bot.description == "설명" && bot.metadata == metadata)
    }

    @Test("hold a key as it was", arguments: KeyKind.allCases, [true, false])
    func key(kind: KeyKind, isFull: Bool) throws {
        let secret = APIKeySecret.random(kind)
        let key = NewKey(
            secret,
            company: isFull ? "example.com" : nil,
            ownerID: isFull ? "bot_1" : nil,
            expiresIn: isFull ? .seconds(5) : nil
        )
        let document = KeyDocument.make(key.key, digest: secret.digest)
        #expect(try APIKey(document) == key.key)
        let entry = try document.entry { try KeyDocument.entry($0) }
        #expect(entry.digest == secret.digest && entry.revision == 1)
    }

    @Test("made by hand need no more than what nobody can guess, and null is absent")
    func byHand() throws {
        let bot = try Bot([
            "_id": "bot_1", "company": "example.com", "name": "a", "description": .null, "commands": .null,
            "webhook_secrets": .null, "extra": .undefined, "metadata": .null, "revision": .int32(4),
        ])
        #expect(bot.commands.isEmpty && bot.description == nil && bot.delivery == .socket && bot.metadata.isEmpty)
        #expect(bot.unknownFields == ["extra": .undefined] && bot.createdAt.milliseconds == 0)
        let member = try Member(["_id": "mem_1", "company": "example.com", "name": "a", "email": .null])
        #expect(member.email == nil)
    }

    @Test("that cannot be read say which field is wrong", arguments: Unreadable.all)
    func unreadable(document: Unreadable) throws {
        let error = try #require(throws: (any Error).self) { try document.read() }
        #expect("\(error)".contains("\"\(document.field)\""))
    }

    @Test("of a later version are read as far as we know them")
    func laterVersion() throws {
        let bot = try Bot([
            "_id": "bot_1", "company": "example.com", "name": "a",
            "commands": [["name": "/a", "tokens": [["key": "k", "label": "l", "type": "colour", "hue": 5]]]],
            "delivery": ["type": "socket", "url": "x"],
        ])
        #expect(bot.commands[0].tokens[0].type == .text)
    }

    @Test("are changed field by field, and their revision counts up")
    func update() throws {
        #expect(DocumentUpdate().isEmpty)
        var patch = MemberPatch()
        patch.name = "cafe\u{301}"
        patch.email = .some(nil)
        #expect(
            try patch.update().document == [
                "$inc": ["revision": 1], "$set": ["name": "caf\u{E9}"], "$unset": ["email": ""],
            ]
        )
        #expect(try MemberPatch().update().isEmpty && BotPatch().update().isEmpty && CompanyPatch().update().isEmpty)
    }
}

struct Unreadable: CustomTestStringConvertible {
    let field: String
    let document: BSONDocument
    let read: @Sendable () throws -> Void

    var testDescription: String { field }

    private init(
        _ field: String,
        _ document: BSONDocument,
        _ make: @escaping @Sendable (BSONDocument) throws -> some Sendable
    ) {
        self.field = field
        self.document = document
        read = { _ = try make(document) }
    }

    static let all: [Unreadable] = [
        Unreadable("_id", ["name": "a", "time_zone": "UTC"]) { try Company($0) },
        Unreadable("name", ["_id": "example.com", "time_zone": "UTC"]) { try Company($0) },
        Unreadable("time_zone", ["_id": "example.com", "name": "a", "time_zone": 5]) { try Company($0) },
        Unreadable("_id", ["_id": "no id at all", "company": "c", "name": "a"]) { try Bot($0) },
        Unreadable("company", ["_id": "bot_1", "name": "a"]) { try Bot($0) },
        Unreadable("url", ["_id": "bot_1", "company": "c", "name": "a", "delivery": ["type": "webhook"]]) {
            try Bot($0)
        },
        Unreadable("name", ["_id": "bot_1", "company": "c", "name": "a", "commands": [["tokens": []]]]) {
            try Bot($0)
        },
        Unreadable("metadata", ["_id": "mem_1", "company": "c", "name": "a", "metadata": 1]) { try Member($0) },
        Unreadable("digest", ["_id": "key_1", "kind": "bot", "last4": "abcd", "digest": .binary(bytes: [1])]) {
            try APIKey($0)
        },
        Unreadable("kind", ["_id": "key_1", "kind": "x", "last4": "abcd", "digest": .binary(bytes: digest)]) {
            try APIKey($0)
        },
        Unreadable("last4", ["_id": "key_1", "kind": "bot", "last4": "abc", "digest": .binary(bytes: digest)]) {
            try APIKey($0)
        },
    ]

    private static let digest = [UInt8](repeating: 1, count: 32)
}
