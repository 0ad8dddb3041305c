import API
import BSON
import HTTPTypes
import Testing

/// Two companies on one platform see nothing of each other.
struct IsolationTests {
    @Test
    func `what is another company's looks as if it were not there`() async throws {
        try await KeyServerHarness.run { harness in
            let ours = try await harness.company("ours.com")
            let theirs = try await harness.company("theirs.com")
            let bot =
                try await theirs.post(
                    "/v1/companies/theirs.com/bots",
                    ["name": "봇", "delivery": ["type": "webhook", "url": "https://example.com/"]]
                )
                .expect(201)
            let member = try await theirs.post("/v1/companies/theirs.com/members", ["name": "김"]).expect(201)
            let botPath = try "/v1/bots/\(bot.text("bot", "id"))"
            let memberPath = try "/v1/members/\(member.text("member", "id"))"

            for path in [
                "/v1/companies/theirs.com", "/v1/companies/theirs.com/keys", "/v1/companies/theirs.com/bots",
                "/v1/companies/theirs.com/members", botPath, botPath + "/keys", memberPath, memberPath + "/keys",
            ] {
                let foreign = try await ours.get(path)
                foreign.expect(404, "not_found")
                let unknown = try await ours.get(
                    path.replacing("theirs.com", with: "nobody.com").replacing("_", with: "_0")
                )
                #expect(unknown.status == 404)
                #expect(unknown.body == foreign.body, "foreign and unknown are told alike")
            }
            for (method, path) in [
                (HTTPRequest.Method.post, "/v1/companies/theirs.com/keys"), (.post, "/v1/companies/theirs.com/bots"),
                (.post, "/v1/companies/theirs.com/members"), (.patch, "/v1/companies/theirs.com"), (.patch, botPath),
                (.patch, memberPath), (.post, botPath + "/keys"), (.post, memberPath + "/keys"),
                (.post, botPath + "/webhook_secret"),
            ] {
                try await ours.call(method, path, ["name": "x"]).expect(404, "not_found")
            }
        }
    }

    @Test
    func `deleting another company's things answers as if they were gone and deletes nothing`() async throws {
        try await KeyServerHarness.run { harness in
            let ours = try await harness.company("ours.com")
            let theirs = try await harness.company("theirs.com")
            let bot = try await theirs.post("/v1/companies/theirs.com/bots", ["name": "봇"]).expect(201)
            let member = try await theirs.post("/v1/companies/theirs.com/members", ["name": "김"]).expect(201)
            let paths = try [
                "/v1/companies/theirs.com", "/v1/bots/\(bot.text("bot", "id"))",
                "/v1/members/\(member.text("member", "id"))", "/v1/keys/\(bot.text("key", "id"))",
            ]
            for path in paths { try await ours.delete(path).expect(204) }
            for path in paths.dropLast() { try await theirs.get(path).expect(200) }
            try await theirs.with(bot.text("key", "secret")).get(paths[1]).expect(403, "key_wrong_kind")
        }
    }

    @Test
    func `the platform's calls are not for a company's administrator`() async throws {
        try await KeyServerHarness.run { harness in
            let ours = try await harness.company("ours.com")
            try await ours.post("/v1/companies", ["domain": "new.com", "name": "x"]).expect(403, "key_wrong_kind")
            let refused = try await ours.get("/v1/companies")
            refused.expect(403, "key_wrong_kind")
            #expect(try refused.text("detail").contains("an admin key of the platform"))
            try await ours.get("/v1/companies/ours.com").expect(200)
            try await ours.patch("/v1/companies/ours.com", ["name": "우리"]).expect(200)
            try await ours.get("/v1/companies/ours.com/keys").expect(200)
        }
    }

    @Test
    func `no call takes another's key or none`() async throws {
        try await KeyServerHarness.run { harness in
            let company = try await harness.company("example.com")
            let bot = try await company.post("/v1/companies/example.com/bots", ["name": "봇"]).expect(201)
            let member = try await company.post("/v1/companies/example.com/members", ["name": "김"]).expect(201)
            for route in OpenAPIDescription.routes(for: .keys) where route.path.hasPrefix("/v1") {
                let path = route.path.replacing("{domain}", with: "example.com").replacing("{id}", with: "bot_1")
                let method = try #require(HTTPRequest.Method(route.method))
                for secret in try [bot.text("key", "secret"), member.text("key", "secret")] {
                    try await company.with(secret).call(method, path).expect(403, "key_wrong_kind")
                }
                try await company.with(nil).call(method, path).expect(401, "key_missing")
            }
        }
    }
}
