import API
import BSON
import Directory
import Foundation
import HTTPTypes
import Hummingbird
import NIOEmbedded
import NIOPosix
import Testing

@testable import Relay
@testable import Server

/// The caller's own view, with a real directory behind it.
@Suite(.timeLimit(.minutes(1)))
struct `The routes of the caller` {
    /// A company with a member and a bot, and a client that has a key of each.
    private struct World: Sendable {
        let directory: Directory
        let relay: Relay
        let client: RouterClient
        let member: Member
        let memberKey: String
        let bot: Bot
        let botKey: String
    }

    private func withWorld(_ body: @Sendable (World) async throws -> Void) async throws {
        try await withDirectory { directory in
            let relay = try await Relay(
                configuration: RelayConfiguration(historyDays: 0),
                publisher: directory.snapshots,
                history: nil,
                declare: directory.declare,
                group: MultiThreadedEventLoopGroup.singleton,
                logger: .silent
            )
            let router = Router.api(for: .relay)
            let group = router.group().add(middleware: Authentication { directory.snapshot })
            MeRoutes(directory: directory, relay: relay).add(to: group)
            _ = try await directory.createCompany(NewCompany(domain: "example.com", name: "Example"))
            let member = try await directory.createMember(
                NewMember(name: "김하나", email: "Hana@Example.com"),
                company: "example.com"
            )
            let bot = try await directory.createBot(NewBot(name: "예약봇"), company: "example.com")
            let world = World(
                directory: directory,
                relay: relay,
                client: RouterClient(router, channel: NIOAsyncTestingChannel()),
                member: member.member,
                memberKey: member.key.secret,
                bot: bot.bot,
                botKey: bot.key.secret
            )
            try await body(world)
        }
    }

    @Test
    func `tell a member, a bot and administrators who they are`() async throws {
        try await withWorld { world in
            let member = try await world.client.get("/v1/me", key: world.memberKey)
            #expect(member.json?["kind"] == "member")
            #expect(member.json?["id"]?.string == world.member.id)
            #expect(member.json?["name"] == "김하나")
            #expect(member.json?["company"] == "example.com")
            #expect(member.json?["key"]?["last4"]?.string == world.memberKey.suffix(4).description)
            #expect(member.json?["key"]?["expires_at"] == nil)

            let bot = try await world.client.get("/v1/me", key: world.botKey)
            #expect(bot.json?["kind"] == "bot")
            #expect(bot.json?["id"]?.string == world.bot.id)

            let key = try await world.directory.createKey(
                kind: .admin,
                company: "example.com",
                owner: nil,
                expiresIn: .seconds(60)
            )
            let admin = try await world.client.get("/v1/me", key: key.secret)
            #expect(admin.json?["kind"] == "admin")
            #expect(admin.json?["company"] == "example.com")
            #expect(admin.json?["id"] == nil)
            #expect(admin.json?["key"]?["expires_at"]?.string?.hasSuffix("Z") == true)

            let platform = try await world.directory.createKey(kind: .admin, company: nil, owner: nil, expiresIn: nil)
            #expect(try await world.client.get("/v1/me", key: platform.secret).json?["company"] == nil)
            #expect(try await world.client.get("/v1/me").code == "key_missing")
        }
    }

    @Test
    func `show a member the company's bots with their presence, by name, in pages`() async throws {
        try await withWorld { world in
            for name in ["가봇", "나봇"] {
                _ = try await world.directory.createBot(
                    NewBot(name: name, delivery: .webhook(url: "http://127.0.0.1/")),
                    company: "example.com"
                )
            }
            let all = try await world.client.get("/v1/me/bots", key: world.memberKey)
            #expect(all.items("name") == ["가봇", "나봇", "예약봇"])
            let items = try #require(all.json?["items"]?.array)
            #expect(
                items.map { $0["presence"]?["reason"]?.string } == [
                    "address_not_allowed", "address_not_allowed", "never_connected",
                ]
            )
            #expect(items[2]["commands"] == [])
            #expect(items[2]["description"] == .null)

            let first = try await world.client.get("/v1/me/bots?limit=2", key: world.memberKey)
            #expect(first.items("name") == ["가봇", "나봇"])
            let next = try #require(first.json?["next"]?.string)
            let second = try await world.client.get("/v1/me/bots?limit=2&after=\(next)", key: world.memberKey)
            #expect(second.items("name") == ["예약봇"])
            #expect(second.json?["next"] == nil)
            #expect(
                try await world.client.get("/v1/me/bots?after=bot_x", key: world.memberKey).code == "invalid_fields"
            )
            #expect(try await world.client.get("/v1/me/bots", key: world.botKey).code == "key_wrong_kind")
        }
    }

    @Test
    func `show a webhook online once it answered`() async throws {
        try await withWorld { world in
            var patch = BotPatch()
            patch.delivery = .webhook(url: "https://bot.example.com/")
            _ = try await world.directory.updateBot(world.bot.id, patch)
            let bot = try #require(world.directory.snapshot.bot(world.bot.id))
            let now = Instant.now
            _ = world.relay.shared.links.link(of: bot).answered(at: now)
            let list = try await world.client.get("/v1/me/bots", key: world.memberKey)
            #expect(
                list.json?["items"]?.array?.first?["presence"] == [
                    "online": true, "connections": 0, "since": .string(now.rfc3339), "last_seen": .string(now.rfc3339),
                ]
            )
        }
    }

    @Test
    func `find colleagues by a part of their name or address`() async throws {
        try await withWorld { world in
            _ = try await world.directory.createCompany(NewCompany(domain: "example.org", name: "Other"))
            _ = try await world.directory.createMember(NewMember(name: "김남"), company: "example.org")
            _ = try await world.directory.createMember(NewMember(name: "Kim Duri"), company: "example.com")
            func names(_ query: String) async throws -> [String]? {
                let encoded = query.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
                let answer = try await world.client.get("/v1/me/members?query=\(encoded)", key: world.memberKey)
                return answer.items("name")
            }
            #expect(try await names("") == ["Kim Duri", "김하나"])
            #expect(try await names("하나") == ["김하나"])
            #expect(try await names("하나".decomposedStringWithCanonicalMapping) == ["김하나"])
            #expect(try await names("hana@example.COM") == ["김하나"])
            #expect(try await names("kim d") == ["Kim Duri"])
            #expect(try await names("김남") == [])
            let first = try await world.client.get("/v1/me/members?limit=1", key: world.memberKey)
            #expect(first.items("name") == ["Kim Duri"])
            #expect(first.json?["items"]?.array?.first?["email"] == .null)
            let next = try #require(first.json?["next"]?.string)
            let second = try await world.client.get("/v1/me/members?limit=1&after=\(next)", key: world.memberKey)
            #expect(second.items("name") == ["김하나"])
            #expect(second.items("email") == ["Hana@Example.com"])
            #expect(second.json?["next"] == nil)
            let unknown = try await world.client.get("/v1/me/members?after=mem_x", key: world.memberKey)
            #expect(unknown.code == "invalid_fields")
        }
    }

    @Test
    func `let a bot declare its commands, whole or not at all`() async throws {
        try await withWorld { world in
            func declare(_ body: String, key: String) async throws -> RouterClient.Answer {
                try await world.client.put("/v1/me/commands", key: key, body)
            }
            let declared = try await declare(
                #"{"commands":[{"name":"/예약  회의실","tokens":[{"key":"time","label":"시간","type":"time_range"}]}]}"#,
                key: world.botKey
            )
            #expect(declared.status == 200)
            #expect(declared.json?["commands"]?.array?.map { $0["name"]?.string } == ["/예약 회의실"])
            // What was declared counts in the next call.
            let list = try await world.client.get("/v1/me/bots", key: world.memberKey)
            #expect(list.json?["items"]?.array?.first?["commands"] == declared.json?["commands"])

            let rival = try await world.directory.createBot(NewBot(name: "다른 봇"), company: "example.com")
            let taken = try await declare(
                #"{"commands":[{"name":"/목록","tokens":[]},{"name":"/예약 회의실","tokens":[]}]}"#,
                key: rival.key.secret
            )
            #expect(taken.status == 409)
            #expect(taken.code == "command_taken")
            #expect(taken.json?["bot"]?["id"]?.string == world.bot.id)
            #expect(world.directory.snapshot.route(company: "example.com", command: "/목록") == nil)

            #expect(
                try await declare(#"{"commands":[{"name":"no slash","tokens":[]}]}"#, key: world.botKey).status == 422
            )
            #expect(try await declare(#"{"commands":[]}"#, key: world.memberKey).code == "key_wrong_kind")
            #expect(try await declare(#"{"commands":[]}"#, key: world.botKey).json?["commands"] == [])
        }
    }
}
