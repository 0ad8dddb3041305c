import BSON
import Mongo
import Testing

/// Documents are schemaless: what other programs add to them stays and is shown.
struct UnknownFieldTests {
    @Test
    func `fields that others stored come back at the top level and survive every update`() async throws {
        try await KeyServerHarness.run { harness in
            let company = try await harness.company("example.com")
            let bot = try await company.post("/v1/companies/example.com/bots", ["name": "봇"]).expect(201)
            let member = try await company.post("/v1/companies/example.com/members", ["name": "김"]).expect(201)
            let resources = try [
                ("companies", "example.com", "/v1/companies/example.com"),
                ("bots", bot.text("bot", "id"), "/v1/bots/\(bot.text("bot", "id"))"),
                ("members", member.text("member", "id"), "/v1/members/\(member.text("member", "id"))"),
            ]
            let added: BSONDocument = [
                "team": "총무", "floor": .int32(7), "ratio": .double(1.0), "tags": .array(["a", ["b": .null]]),
                "joined": .date(milliseconds: 0),
            ]
            for (collection, id, path) in resources {
                let stored = harness.database.collection(collection)
                _ = try await stored.updateOne(
                    ["_id": .string(id)],
                    ["$set": .document(added), "$inc": ["revision": 1]]
                )
                for answer in [try await company.get(path), try await company.patch(path, ["name": "새 이름"])] {
                    try answer.expect(200)
                    #expect(answer.body["team"] == "총무")
                    #expect(answer.body["floor"] == 7)
                    #expect(answer.body["ratio"] == 1.0)
                    #expect(answer.body["tags"] == ["a", ["b": .null]])
                    #expect(answer.body["joined"] == ["$date": "1970-01-01T00:00:00Z"])
                }
                let document = try #require(try await stored.findOne(["_id": .string(id)]))
                for (field, value) in added { #expect(document[field] == value) }
                #expect(document["name"] == "새 이름")
            }
        }
    }
}
