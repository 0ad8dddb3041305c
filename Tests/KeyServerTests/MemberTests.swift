import BSON
import HTTPTypes
import Testing

struct MemberTests {
    @Test
    func `a member is registered, shown, changed and deleted`() async throws {
        try await KeyServerHarness.run { harness in
            let company = try await harness.company("example.com")
            let created =
                try await company.post(
                    "/v1/companies/example.com/members",
                    ["name": "김철수", "email": "kim@example.com"]
                )
                .expect(201)
            let path = try "/v1/members/\(created.text("member", "id"))"
            #expect(created.headers[.location] == path)
            #expect(created.body.keys == ["member", "key"])
            #expect(created.body["key"]?["kind"] == "member")
            let shown = try await company.get(path).expect(200)
            #expect(.object(shown.body) == created.body["member"])
            #expect(shown.body["email"] == "kim@example.com")

            let changed = try await company.patch(path, ["name": "김영희", "email": .null]).expect(200)
            #expect(changed.body["name"] == "김영희")
            #expect(changed.body["email"] == .null)

            try await company.delete(path).expect(204)
            try await company.get(path).expect(404, "not_found")
            try await company.with(created.text("key", "secret")).get(path).expect(401, "key_unknown")
        }
    }

    @Test
    func `two members may have one name`() async throws {
        try await KeyServerHarness.run { harness in
            let company = try await harness.company("example.com")
            for _ in 1...2 {
                try await company.post("/v1/companies/example.com/members", ["name": "김철수"]).expect(201)
            }
            let page = try await company.get("/v1/companies/example.com/members").expect(200)
            #expect(try page.items().map { $0["name"] } == ["김철수", "김철수"])
            let first = try await company.get("/v1/companies/example.com/members?limit=1").expect(200)
            let second = try await company.get("/v1/companies/example.com/members?limit=1&after=\(first.text("next"))")
            #expect(try first.items() + second.items() == page.items())
        }
    }

    @Test
    func `a member's faults are told`() async throws {
        try await KeyServerHarness.run { harness in
            let company = try await harness.company("example.com")
            let refused = try await company.post("/v1/companies/example.com/members", ["email": "kim", "phone": "1"])
            refused.expect(422, "invalid_fields")
            #expect(refused.places == ["/name", "/email", "/phone"])
            let created = try await company.post("/v1/companies/example.com/members", ["name": "김"]).expect(201)
            let path = try "/v1/members/\(created.text("member", "id"))"
            let patch = try await company.patch(path, ["id": "mem_1", "name": .null])
            patch.expect(422, "invalid_fields")
            #expect(patch.places == ["/id", "/name"])
        }
    }
}
