import API
import BSON
import Directory
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Testing

/// The problems that every call of the key server shares, over the real routes.
struct ProblemTests {
    @Test
    func `each key that opens nothing has its code`() async throws {
        try await KeyServerHarness.run { harness in
            let directory = harness.directory
            let expired = try await directory.createKey(kind: .admin, company: nil, owner: nil, expiresIn: .seconds(-1))
            let revoked = try await directory.createKey(kind: .admin, company: nil, owner: nil, expiresIn: nil)
            try await directory.revokeKey(revoked.key.id)
            let cases = [
                (nil, "key_missing"), ("hwa_", "key_malformed"),
                (String(revoked.secret.dropLast()) + "~", "key_malformed"),
                (APIKeySecret.random(.admin).text, "key_unknown"), (expired.secret, "key_expired"),
                (revoked.secret, "key_revoked"),
            ]
            for (secret, code) in cases {
                let answer = try await harness.platform.with(secret).get("/v1/companies")
                answer.expect(401, code)
                #expect(answer.headers[.wwwAuthenticate] == "Bearer")
            }
        }
    }

    @Test
    func `a problem is said in the caller's language`() async throws {
        try await KeyServerHarness.run { harness in
            var korean = harness.platform
            korean.language = "ko-KR,ko;q=0.9,en;q=0.8"
            let answer = try await korean.get("/v1/bots/bot_unknown")
            answer.expect(404, "not_found")
            #expect(answer.body["title"] == "찾을 수 없습니다")
            #expect(answer.headers[.contentLanguage] == "ko")
        }
    }

    @Test
    func `bodies that are no JSON object are refused before anything is done`() async throws {
        try await KeyServerHarness.run { harness in
            let bodies: [([UInt8], Int, String)] = [
                ([], 400, "invalid_json"), (Array("{\"domain\":".utf8), 400, "invalid_json"),
                (Array("{\"name\":\"".utf8) + [0xFF] + Array("\"}".utf8), 400, "invalid_json"),
                (Array(String(repeating: "[", count: 5_000).utf8), 400, "invalid_json"),
                (Array("[]".utf8), 422, "invalid_fields"), (Array("3".utf8), 422, "invalid_fields"),
                ([UInt8](repeating: 0x20, count: 10_000_000), 413, "body_too_large"),
            ]
            for (body, status, code) in bodies {
                let answer = try await harness.send("/v1/companies", body, type: "application/json")
                answer.expect(status, code)
            }
            let text = try await harness.send("/v1/companies", Array("{}".utf8), type: "text/plain")
            text.expect(415, "unsupported_media_type")
            #expect(try await harness.platform.get("/v1/companies").items() == [])
        }
    }

    @Test
    func `paths and methods that are not there are told apart`() async throws {
        try await KeyServerHarness.run { harness in
            try await harness.platform.get("/v1/nothing").expect(404, "not_found")
            try await harness.platform.get("/v1/bots").expect(404, "not_found")
            try await harness.platform.get("/v1/messages").expect(404, "not_found")
            let answer = try await harness.platform.call(.put, "/v1/bots/bot_1", [:])
            answer.expect(405, "method_not_allowed")
            #expect(answer.headers[.allow] == "DELETE, GET, HEAD, OPTIONS, PATCH")
        }
    }

    @Test
    func `what cannot be an id is not found`() async throws {
        try await KeyServerHarness.run { harness in
            for path in [
                "/v1/bots/x", "/v1/bots/bot_%00", "/v1/bots/%FF", "/v1/bots/%", "/v1/bots/$ne", "/v1/members/bot_1",
                "/v1/bots/\(String(repeating: "a", count: 5_000))", "/v1/companies/localhost", "/v1/companies/a..b",
                "/v1/companies/%2F",
            ] {
                try await harness.platform.get(path).expect(404, "not_found")
                try await harness.platform.patch(path, [:]).expect(404, "not_found")
                try await harness.platform.delete(path).expect(204)
            }
        }
    }

    @Test
    func `a query's faults are told by parameter`() async throws {
        try await KeyServerHarness.run { harness in
            let answer = try await harness.platform.get("/v1/companies?limit=201&before=x")
            answer.expect(422, "invalid_fields")
            #expect(answer.places == ["limit", "before"])
        }
    }
}

extension KeyServerHarness {
    /// Posts bytes as they are.
    fileprivate func send(_ path: String, _ body: [UInt8], type: String) async throws -> Answer {
        let secret = try #require(platform.secret)
        let response = try await platform.client.execute(
            uri: path,
            method: .post,
            headers: [.authorization: "Bearer \(secret)", .contentType: type],
            body: ByteBuffer(bytes: body)
        )
        return try Answer(response)
    }
}
