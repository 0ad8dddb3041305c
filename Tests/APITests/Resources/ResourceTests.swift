import BSON
import Testing

@testable import API
@testable import Directory

struct ResourceTests {
    private let createdAt = Instant(milliseconds: 1_795_420_611_123)

    @Test
    func `a company is shown with the fields that others stored beside ours`() {
        let company = Company(
            domain: "example.com",
            name: "예제",
            timeZone: "Asia/Seoul",
            metadata: ["큰 수": 9_007_199_254_740_993],
            createdAt: createdAt,
            unknownFields: [
                "plan": "gold", "seats": .int32(3), "name": "no second name", "since": .date(milliseconds: 0),
            ]
        )
        #expect(
            JSON.object(company.resource) == [
                "domain": "example.com",
                "name": "예제",
                "timezone": "Asia/Seoul",
                "metadata": ["큰 수": 9_007_199_254_740_993],
                "created_at": "2026-11-23T07:56:51.123Z",
                "plan": "gold",
                "seats": 3,
                "since": ["$date": "1970-01-01T00:00:00Z"],
            ]
        )
    }

    @Test
    func `a bot is shown with null for what it has not`() {
        let bot = Bot(
            id: "bot_1",
            company: "example.com",
            name: "회의실",
            description: nil,
            commands: [],
            delivery: .socket,
            webhookSecrets: [],
            metadata: [:],
            createdAt: createdAt,
            unknownFields: [:]
        )
        let expected: JSON = [
            "id": "bot_1", "company": "example.com", "name": "회의실", "description": .null, "commands": [],
            "delivery": ["type": "socket"], "metadata": [:], "presence": .null,
            "created_at": "2026-11-23T07:56:51.123Z",
        ]
        #expect(JSON.object(bot.resource()) == expected)
        #expect(bot.resource(presence: ["online": true])["presence"] == ["online": true])
    }

    @Test
    func `a webhook's secrets are never shown with the bot`() {
        let bot = Bot(
            id: "bot_1",
            company: "example.com",
            name: "회의실",
            description: "예약",
            commands: [],
            delivery: .webhook(url: "https://example.com/hook"),
            webhookSecrets: [WebhookSecret(bytes: Array(0..<24))],
            metadata: [:],
            createdAt: createdAt,
            unknownFields: [:]
        )
        #expect(bot.resource()["delivery"] == ["type": "webhook", "url": "https://example.com/hook"])
        #expect(!JSON.object(bot.resource()).text.contains("secret"))
        #expect(bot.webhookSecrets[0].text == "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX")
    }

    @Test
    func `a member is shown`() {
        let member = Member(
            id: "mem_1",
            company: "example.com",
            name: "김철수",
            email: "kim@example.com",
            metadata: [:],
            createdAt: createdAt,
            unknownFields: ["badge": "A-7"]
        )
        #expect(
            JSON.object(member.resource) == [
                "id": "mem_1", "company": "example.com", "name": "김철수", "email": "kim@example.com", "metadata": [:],
                "created_at": "2026-11-23T07:56:51.123Z", "badge": "A-7",
            ]
        )
    }

    @Test
    func `a key shows its secret only when it is issued`() {
        let key = APIKey(
            id: "key_1",
            kind: .bot,
            company: "example.com",
            owner: "bot_1",
            last4: "y4Qz",
            createdAt: createdAt,
            expiresAt: createdAt.advanced(by: .seconds(60))
        )
        let shown: JSON = [
            "id": "key_1", "kind": "bot", "last4": "y4Qz", "created_at": "2026-11-23T07:56:51.123Z",
            "expires_at": "2026-11-23T07:57:51.123Z",
        ]
        #expect(JSON.object(key.resource) == shown)
        let issued = IssuedKey(key: key, secret: "hwb_secret").resource
        #expect(issued["secret"] == "hwb_secret")
        #expect(issued.count == key.resource.count + 1)
    }
}
