import API
import BSON
import Directory
import HTTPTypes
import Testing

struct BotTests {
    private static let reserve: JSON = [
        "name": "/예약 회의실",
        "description": "회의실을 예약합니다.",
        "tokens": [
            ["key": "time", "label": "시간", "type": "time_range", "required": true],
            ["key": "room", "label": "회의실", "type": "choice", "values": ["S1", "대 회의실"], "required": false],
        ],
    ]

    @Test
    func `a bot is registered with its key, and found again as it was shown`() async throws {
        try await KeyServerHarness.run { harness in
            let company = try await harness.company("example.com")
            let created =
                try await company.post(
                    "/v1/companies/example.com/bots",
                    ["name": "회의실", "commands": [Self.reserve], "metadata": ["owner": "총무"]]
                )
                .expect(201)
            #expect(created.body.keys == ["bot", "key"], "a socket bot has no webhook secret")
            let bot = try #require(created.body["bot"]?.object)
            let id = try created.text("bot", "id")
            #expect(id.hasPrefix("bot_"))
            #expect(created.headers[.location] == "/v1/bots/\(id)")
            #expect(bot["company"] == "example.com")
            #expect(bot["description"] == .null)
            #expect(bot["delivery"] == ["type": "socket"])
            #expect(bot["commands"] == [Self.reserve])
            #expect(bot["presence"] == .null)
            #expect(try await company.get("/v1/bots/\(id)").expect(200).body == bot)

            let key = try #require(created.body["key"]?.object)
            #expect(key.keys == ["id", "kind", "last4", "created_at", "secret"])
            let secret = try created.text("key", "secret")
            #expect(key["kind"] == "bot")
            #expect(key["last4"]?.string == String(secret.suffix(4)))
            try await company.with(secret).get("/v1/bots/\(id)").expect(403, "key_wrong_kind")
        }
    }

    @Test
    func `a webhook bot is shown its signing secret once`() async throws {
        try await KeyServerHarness.run { harness in
            let company = try await harness.company("example.com")
            let created =
                try await company.post(
                    "/v1/companies/example.com/bots",
                    ["name": "웹훅", "delivery": ["type": "webhook", "url": "https://bot.example.com/hook"]]
                )
                .expect(201)
            let secret = try created.text("webhook_secret")
            #expect(secret.hasPrefix("whsec_"))
            #expect(secret.utf8.count == "whsec_".utf8.count + 32, "the base64 of 24 bytes")
            let shown = try await company.get("/v1/bots/\(created.text("bot", "id"))").expect(200)
            #expect(!JSON.object(shown.body).text.contains("whsec_"))

            let rotated = try await company.post("/v1/bots/\(created.text("bot", "id"))/webhook_secret").expect(201)
            #expect(rotated.body.keys == ["webhook_secret"])
            #expect(try rotated.text("webhook_secret") != secret)
            let stored = try #require(try await harness.directory.bot(created.text("bot", "id")))
            #expect(try stored.webhookSecrets.map(\.text) == [rotated.text("webhook_secret"), secret])
            let overlap = try #require(stored.webhookSecrets.last?.expiresAt)
            #expect(overlap > .now.advanced(by: .seconds(86_300)), "a day unless the request says otherwise")

            try await company.post(
                "/v1/bots/\(created.text("bot", "id"))/webhook_secret",
                ["overlap_seconds": 0]
            )
            .expect(201)
            #expect(try await harness.directory.bot(created.text("bot", "id"))?.webhookSecrets.count == 1)
        }
    }

    @Test
    func `a socket bot has no signing secret until it becomes a webhook`() async throws {
        try await KeyServerHarness.run { harness in
            let company = try await harness.company("example.com")
            let created = try await company.post("/v1/companies/example.com/bots", ["name": "봇"]).expect(201)
            let path = try "/v1/bots/\(created.text("bot", "id"))"
            try await company.post(path + "/webhook_secret").expect(409, "not_a_webhook")

            let patched =
                try await company.patch(
                    path,
                    ["delivery": ["type": "webhook", "url": "https://bot.example.com/hook"]]
                )
                .expect(200)
            #expect(patched.body["delivery"] == ["type": "webhook", "url": "https://bot.example.com/hook"])
            #expect(!JSON.object(patched.body).text.contains("whsec_"), "a patched resource comes bare")
            let moved = try await company.patch(path, ["delivery": ["url": "https://bot.example.com/new"]]).expect(200)
            #expect(moved.body["delivery"] == ["type": "webhook", "url": "https://bot.example.com/new"])
            try await company.post(path + "/webhook_secret").expect(201)
            try await company.patch(path, ["delivery": ["type": "socket"]]).expect(200)
        }
    }

    @Test
    func `a patch changes what it names, replaces lists whole and removes what is null`() async throws {
        try await KeyServerHarness.run { harness in
            let company = try await harness.company("example.com")
            let created =
                try await company.post(
                    "/v1/companies/example.com/bots",
                    [
                        "name": "봇", "description": "예약합니다.",
                        "commands": [Self.reserve, ["name": "/목록", "tokens": []]],
                        "metadata": ["a": 1, "b": ["c": 2, "d": [1, 2]]],
                    ]
                )
                .expect(201)
            let path = try "/v1/bots/\(created.text("bot", "id"))"
            let patched =
                try await company.patch(
                    path,
                    [
                        "description": .null, "commands": [["name": "/목록"]],
                        "metadata": ["b": ["c": .null, "d": [3]], "e": "f"],
                    ]
                )
                .expect(200)
            #expect(patched.body["name"] == "봇")
            #expect(patched.body["description"] == .null)
            #expect(patched.body["commands"] == [["name": "/목록", "description": .null, "tokens": []]])
            #expect(patched.body["metadata"] == ["a": 1, "b": ["d": [3]], "e": "f"])
            #expect(try await company.get(path).body == patched.body)
        }
    }

    @Test
    func `a command that another bot has is refused with that bot's name, and nothing is changed`() async throws {
        try await KeyServerHarness.run { harness in
            let company = try await harness.company("example.com")
            let owner =
                try await company.post(
                    "/v1/companies/example.com/bots",
                    ["name": "회의실", "commands": [Self.reserve]]
                )
                .expect(201)
            let refused = try await company.post(
                "/v1/companies/example.com/bots",
                ["name": "다른 봇", "commands": [["name": "/목록"], ["name": "/예약  회의실"]]]
            )
            refused.expect(409, "command_taken")
            #expect(try refused.body["bot"] == ["id": .string(owner.text("bot", "id")), "name": "회의실"])
            #expect(try refused.text("detail").contains("'/예약 회의실'"))
            #expect(try await company.get("/v1/companies/example.com/bots").items().count == 1)

            let other = try await company.post("/v1/companies/example.com/bots", ["name": "다른 봇"]).expect(201)
            let path = try "/v1/bots/\(other.text("bot", "id"))"
            try await company.patch(path, ["name": "새 이름", "commands": [Self.reserve]]).expect(409, "command_taken")
            #expect(try await company.get(path).body["name"] == "다른 봇")

            let elsewhere = try await harness.company("other.com")
            try await elsewhere.post("/v1/companies/other.com/bots", ["name": "봇", "commands": [Self.reserve]])
                .expect(201)
        }
    }

    @Test
    func `a deleted bot is gone with its keys, and deleting it again is harmless`() async throws {
        try await KeyServerHarness.run { harness in
            let company = try await harness.company("example.com")
            let created = try await company.post("/v1/companies/example.com/bots", ["name": "봇"]).expect(201)
            let path = try "/v1/bots/\(created.text("bot", "id"))"
            try await company.delete(path).expect(204)
            try await company.get(path).expect(404, "not_found")
            try await company.patch(path, [:]).expect(404, "not_found")
            try await company.with(created.text("key", "secret")).get(path).expect(401, "key_unknown")
            try await company.delete(path).expect(204)
        }
    }

    @Test
    func `bots are listed by id, page by page`() async throws {
        try await KeyServerHarness.run { harness in
            let company = try await harness.company("example.com")
            #expect(try await company.get("/v1/companies/example.com/bots").expect(200).items() == [])
            for index in 1...5 {
                try await company.post("/v1/companies/example.com/bots", ["name": .string("봇 \(index)")]).expect(201)
            }
            var ids: [String] = []
            var path = "/v1/companies/example.com/bots?limit=2"
            var pages = 0
            while true {
                let page = try await company.get(path).expect(200)
                ids += try page.items().map { try #require($0["id"]?.string) }
                pages += 1
                guard let next = page.body["next"]?.string else { break }
                path = "/v1/companies/example.com/bots?limit=2&after=\(next)"
            }
            #expect(pages == 3)
            #expect(ids.count == 5)
            #expect(ids == ids.sorted())
            #expect(Set(ids).count == 5)
        }
    }

    @Test
    func `a process that is a relay says whether the bot is there`() async throws {
        try await KeyServerHarness.run(presence: { ["online": true, "bot": .string($0)] }) { harness in
            let company = try await harness.company("example.com")
            let created = try await company.post("/v1/companies/example.com/bots", ["name": "봇"]).expect(201)
            let id = try created.text("bot", "id")
            let presence: JSON = ["online": true, "bot": .string(id)]
            #expect(created.body["bot"]?["presence"] == presence)
            #expect(try await company.get("/v1/bots/\(id)").body["presence"] == presence)
            #expect(try await company.get("/v1/companies/example.com/bots").items().first?["presence"] == presence)
        }
    }
}
