import BSON
import HTTPTypes
import MongodSupport
import Testing

/// What becomes of calls while MongoDB is away.
struct StorageTests {
    @Test
    func `without MongoDB reads and writes are refused within five seconds, and keys are still known`() async throws {
        let mongod = try await TestMongod.start()
        try await KeyServerHarness.run(on: mongod) { harness in
            let company = try await harness.company("example.com")
            await mongod.kill()
            let started = ContinuousClock.now
            try await withThrowingTaskGroup { group in
                for call in Self.calls { group.addTask { try await call(company) } }
                for try await answer in group {
                    answer.expect(503, "storage_unavailable")
                    #expect(answer.headers[.retryAfter] == "1")
                    #expect(ContinuousClock.now - started < .seconds(5))
                }
            }
            try await company.with(nil).get("/v1/companies/example.com").expect(401, "key_missing")
            try await company.get("/v1/companies").expect(403, "key_wrong_kind")
            try await company.get("/v1/companies/other.com").expect(404, "not_found")
        }
        await mongod.stop()
    }

    private static let calls: [@Sendable (Caller) async throws -> Answer] = [
        { try await $0.get("/v1/companies/example.com") },
        { try await $0.post("/v1/companies/example.com/bots", ["name": "봇"]) },
        { try await $0.delete("/v1/bots/bot_1") },
    ]
}
