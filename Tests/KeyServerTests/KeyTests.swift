import BSON
import Directory
import HTTPTypes
import Testing

struct KeyTests {
    @Test
    func `a further key works beside the old one until that is revoked`() async throws {
        try await KeyServerHarness.run { harness in
            let company = try await harness.company("example.com")
            let made = try await harness.platform
                .post(
                    "/v1/companies/example.com/keys",
                    ["expires_in_seconds": 3_600]
                )
                .expect(201)
            #expect(made.body.keys == ["id", "kind", "last4", "created_at", "expires_at", "secret"])
            #expect(made.headers[.cacheControl] == "no-store")
            let second = try company.with(made.text("secret"))
            try await company.get("/v1/companies/example.com").expect(200)
            try await second.get("/v1/companies/example.com").expect(200)

            let listed = try await second.get("/v1/companies/example.com/keys").expect(200)
            #expect(try listed.items().count == 2)
            #expect(!JSON.object(listed.body).text.contains("secret"))
            let old = try #require(try listed.items().first { $0["id"] != made.body["id"] }?["id"]?.string)

            try await second.delete("/v1/keys/\(old)").expect(204)
            try await company.get("/v1/companies/example.com").expect(401, "key_revoked")
            try await second.get("/v1/companies/example.com").expect(200)
            #expect(try await second.get("/v1/companies/example.com/keys").items().count == 1)
            try await second.delete("/v1/keys/\(old)").expect(204)
        }
    }

    @Test
    func `bots and members get further keys of their kind`() async throws {
        try await KeyServerHarness.run { harness in
            let company = try await harness.company("example.com")
            let bot = try await company.post("/v1/companies/example.com/bots", ["name": "봇"]).expect(201)
            let member = try await company.post("/v1/companies/example.com/members", ["name": "김"]).expect(201)
            let owners = try [
                ("bot", "bots", bot.text("bot", "id")), ("member", "members", member.text("member", "id")),
            ]
            for (kind, collection, id) in owners {
                let path = "/v1/\(collection)/\(id)/keys"
                let made = try await company.post(path, [:]).expect(201)
                #expect(made.body["kind"]?.string == kind)
                let keys = try await company.get(path).expect(200)
                #expect(try keys.items().count == 2)
                let first = try await company.get(path + "?limit=1").expect(200)
                let rest = try await company.get(path + "?limit=1&after=\(first.text("next"))").expect(200)
                #expect(try first.items() + rest.items() == keys.items())
                #expect(rest.body["next"] == nil)
                try await company.post("/v1/\(collection)/\(kind.prefix(3))_unknown/keys").expect(404, "not_found")
                try await company.get("/v1/\(collection)/\(kind.prefix(3))_unknown/keys").expect(404, "not_found")
            }
        }
    }

    @Test
    func `a key's faults are told`() async throws {
        try await KeyServerHarness.run { harness in
            let company = try await harness.company("example.com")
            let refused = try await company.post(
                "/v1/companies/example.com/keys",
                ["expires_in_seconds": 0, "kind": "platform"]
            )
            refused.expect(422, "invalid_fields")
            #expect(refused.places == ["/expires_in_seconds", "/kind"])
        }
    }

    @Test
    func `a platform's key is revoked by the platform only`() async throws {
        try await KeyServerHarness.run { harness in
            let company = try await harness.company("example.com")
            let key = try await harness.directory.createKey(kind: .admin, company: nil, owner: nil, expiresIn: nil)
            try await company.delete("/v1/keys/\(key.key.id)").expect(204)
            try await harness.platform.with(key.secret).get("/v1/companies").expect(200)
            try await harness.platform.delete("/v1/keys/\(key.key.id)").expect(204)
            try await harness.platform.with(key.secret).get("/v1/companies").expect(401, "key_revoked")
        }
    }
}
