import BSON
import Directory
import Testing

@testable import API

struct RequestBodyTests {
    @Test
    func `a company needs a domain and a name`() throws {
        let company = try NewCompany(body: ["domain": "Example.COM", "name": "예제"])
        #expect(company.domain == "example.com")
        #expect(company.timeZone == "Asia/Seoul")
        #expect(company.metadata == [:])
        let problem = try #require(throws: Problem.self) { try NewCompany(body: [:]) }
        #expect(problem.issues.map(\.place) == [.field(pointer: "/domain"), .field(pointer: "/name")])
    }

    @Test
    func `a bot is a socket bot unless it says otherwise`() throws {
        let bot = try NewBot(body: ["name": "회의실"])
        #expect(bot.delivery == .socket)
        #expect(bot.commands == [])
        #expect(bot.description == nil)
    }

    @Test(
        arguments: [
            (["type": "socket"] as JSON, Delivery.socket),
            (["type": "socket", "url": .null], .socket),
            (["type": "webhook", "url": "https://example.com/"], .webhook(url: "https://example.com/")),
        ] as [(JSON, Delivery)]
    )
    func `deliveries are read`(json: JSON, delivery: Delivery) throws {
        #expect(try NewBot(body: ["name": "b", "delivery": json]).delivery == delivery)
        var patch = try BotPatch(body: ["delivery": json])
        #expect(patch.delivery == delivery)
        patch = try BotPatch(body: ["delivery": ["url": "http://example.com/new"]])
        #expect(patch.delivery == .webhook(url: "http://example.com/new"))
    }

    @Test(
        arguments: [
            ([:] as JSON, "/delivery/type", Reason.required),
            (["url": "https://example.com/"], "/delivery/type", .required),
            (["type": "pigeon"], "/delivery/type", .unknownValue),
            (["type": "webhook"], "/delivery/url", .required),
            (["type": "webhook", "url": "x"], "/delivery/url", .invalidURL),
            (["type": "socket", "url": "https://example.com/"], "/delivery/url", .unknownField),
            (["type": "socket", "port": 3], "/delivery/port", .unknownField),
            ("socket", "/delivery", .wrongType),
        ] as [(JSON, String, Reason)]
    )
    func `other deliveries are refused`(json: JSON, pointer: String, reason: Reason) throws {
        let problem = try #require(throws: Problem.self) { try NewBot(body: ["name": "b", "delivery": json]) }
        #expect(problem.issues.map(\.place) == [.field(pointer: pointer)])
        #expect(problem.issues.map(\.reason) == [reason])
    }

    @Test
    func `patches tell what stays from what goes`() throws {
        let bot = try BotPatch(body: ["description": .null, "metadata": ["a": .null]])
        #expect(bot.description == .some(nil))
        #expect(bot.name == nil)
        #expect(bot.commands == nil)
        #expect(bot.metadata == ["a": .null])

        let member = try MemberPatch(body: ["name": "이영희"])
        #expect(member.name == "이영희")
        #expect(member.email == .none)
        #expect(try MemberPatch(body: ["email": .null]).email == .some(nil))

        let company = try CompanyPatch(body: ["timezone": "UTC"])
        #expect(company.timeZone == "UTC")
        #expect(company.name == nil)
    }

    @Test
    func `a patch names nothing that never changes`() throws {
        for body: JSON.Object in [["id": "x"], ["company": "x"], ["created_at": "x"], ["presence": .null]] {
            let problem = try #require(throws: Problem.self) { try BotPatch(body: body) }
            #expect(problem.issues.map(\.reason) == [.notChangeable])
        }
        #expect(throws: Problem.self) { try CompanyPatch(body: ["domain": "other.com"]) }
        #expect(throws: Problem.self) { try MemberPatch(body: ["id": "mem_1"]) }
    }

    @Test
    func `keys and secrets have their defaults`() throws {
        #expect(try NewKey(body: [:]).expiresIn == nil)
        #expect(try NewKey(body: ["expires_in_seconds": 3_600]).expiresIn == .seconds(3_600))
        #expect(try WebhookSecretRotation(body: [:]).overlap == .seconds(86_400))
        #expect(try WebhookSecretRotation(body: ["overlap_seconds": 0]).overlap == .zero)
    }
}
