import BSON
import HTTPTypes
import Testing

struct CompanyTests {
    @Test
    func `a company is registered, shown, changed and deleted`() async throws {
        try await KeyServerHarness.run { harness in
            let created = try await harness.platform
                .post(
                    "/v1/companies",
                    [
                        "domain": "Example.com", "name": " 예제  회사 ",
                        "metadata": ["plan": "gold", "seats": 9_007_199_254_740_993],
                    ]
                )
                .expect(201)
            #expect(created.headers[.location] == "/v1/companies/example.com")
            #expect(created.body["domain"] == "example.com")
            #expect(created.body["name"] == "예제 회사")
            #expect(created.body["timezone"] == "Asia/Seoul")
            #expect(created.body["metadata"] == ["plan": "gold", "seats": 9_007_199_254_740_993])
            #expect(try created.text("created_at").hasSuffix("Z"))

            let shown = try await harness.platform.get("/v1/companies/EXAMPLE.com").expect(200)
            #expect(shown.body == created.body)

            let changed = try await harness.platform
                .patch(
                    "/v1/companies/example.com",
                    ["name": "새 이름", "timezone": "UTC", "metadata": ["plan": .null, "since": ["year": 2026]]]
                )
                .expect(200)
            #expect(changed.body["name"] == "새 이름")
            #expect(changed.body["timezone"] == "UTC")
            #expect(changed.body["metadata"] == ["seats": 9_007_199_254_740_993, "since": ["year": 2026]])
            #expect(try await harness.platform.get("/v1/companies/example.com").body == changed.body)

            try await harness.platform.delete("/v1/companies/example.com").expect(204)
            try await harness.platform.get("/v1/companies/example.com").expect(404, "not_found")
            try await harness.platform.delete("/v1/companies/example.com").expect(204)
        }
    }

    @Test
    func `an empty patch changes nothing`() async throws {
        try await KeyServerHarness.run { harness in
            _ = try await harness.company("example.com")
            let before = try await harness.platform.get("/v1/companies/example.com")
            let patched = try await harness.platform.patch("/v1/companies/example.com", [:]).expect(200)
            #expect(patched.body == before.body)
        }
    }

    @Test
    func `a domain of any script is found by its escaped path`() async throws {
        try await KeyServerHarness.run { harness in
            let created = try await harness.platform.post("/v1/companies", ["domain": "회사.한국", "name": "회사"])
                .expect(201)
            let location = try #require(created.headers[.location])
            #expect(location.utf8.allSatisfy { $0 < 0x80 })
            #expect(try await harness.platform.get(location).expect(200).body == created.body)
        }
    }

    @Test
    func `a domain is taken once`() async throws {
        try await KeyServerHarness.run { harness in
            _ = try await harness.company("example.com")
            try await harness.platform.post("/v1/companies", ["domain": "EXAMPLE.COM", "name": "x"])
                .expect(409, "company_exists")
        }
    }

    @Test
    func `deleting a company takes its bots, members and keys along`() async throws {
        try await KeyServerHarness.run { harness in
            let company = try await harness.company("example.com")
            let bot = try await company.post("/v1/companies/example.com/bots", ["name": "봇"]).expect(201)
            let member = try await company.post("/v1/companies/example.com/members", ["name": "김철수"]).expect(201)
            try await company.delete("/v1/companies/example.com").expect(204)

            try await harness.platform.get("/v1/bots/\(bot.text("bot", "id"))").expect(404, "not_found")
            try await harness.platform.get("/v1/members/\(member.text("member", "id"))").expect(404, "not_found")
            try await company.get("/v1/companies/example.com").expect(401, "key_unknown")
            try await harness.platform.get("/v1/companies/example.com/bots").expect(404, "not_found")
        }
    }

    @Test
    func `companies are listed by domain, page by page`() async throws {
        try await KeyServerHarness.run { harness in
            for domain in ["c.com", "a.com", "e.com", "b.com", "d.com"] { _ = try await harness.company(domain) }
            let first = try await harness.platform.get("/v1/companies?limit=2").expect(200)
            #expect(try first.items().map { $0["domain"] } == ["a.com", "b.com"])
            let second = try await harness.platform.get("/v1/companies?limit=2&after=\(first.text("next"))")
            #expect(try second.items().map { $0["domain"] } == ["c.com", "d.com"])
            let third = try await harness.platform.get("/v1/companies?limit=2&after=\(second.text("next"))")
            #expect(try third.items().map { $0["domain"] } == ["e.com"])
            #expect(third.body["next"] == nil)
            let exact = try await harness.platform.get("/v1/companies?limit=5")
            #expect(try exact.items().count == 5)
            #expect(exact.body["next"] == nil, "a full last page leads nowhere")
        }
    }

    @Test
    func `all faults of a body are told at once`() async throws {
        try await KeyServerHarness.run { harness in
            let refused = try await harness.platform.post(
                "/v1/companies",
                ["domain": "example", "timezone": "Mars/Olympus", "metadata": [], "nmae": "x"]
            )
            refused.expect(422, "invalid_fields")
            #expect(refused.places == ["/domain", "/name", "/timezone", "/metadata", "/nmae"])
        }
    }
}
