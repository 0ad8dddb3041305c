import BSON
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

@testable import API
@testable import Directory

/// What every route of the cold lane gets from the router, the middleware and the readers.
struct ColdLaneTests {
    @Test
    func `an unknown path is a problem in the caller's language`() async throws {
        try await withLane { client in
            let english = try await client.execute(uri: "/v1/nothing", method: .get)
            #expect(english.status == .notFound)
            #expect(english.headers[.contentType] == "application/problem+json")
            #expect(english.headers[.contentLanguage] == "en")
            #expect(english.headers[.cacheControl] == "no-store")
            #expect(try english.object["code"] == "not_found")
            let korean = try await client.execute(uri: "/", method: .post, headers: [.acceptLanguage: "ko-KR"])
            #expect(try korean.object["title"] == "찾을 수 없습니다")
            #expect(korean.headers[.contentLanguage] == "ko")
        }
    }

    @Test
    func `a wrong method is told which ones there are`() async throws {
        try await withLane { client in
            let response = try await client.execute(uri: "/v1/me", method: .delete)
            #expect(response.status == .methodNotAllowed)
            #expect(response.headers[.allow] == "GET, HEAD, OPTIONS")
            #expect(try response.object["detail"] == "This path does not take DELETE. It takes GET, HEAD, OPTIONS.")
        }
    }

    @Test
    func `OPTIONS names the methods and needs no key`() async throws {
        try await withLane { client in
            let response = try await client.execute(uri: "/v1/messages", method: .options)
            #expect(response.status == .noContent)
            #expect(response.headers[.allow] == "GET, HEAD, OPTIONS, POST")
            #expect(response.body.readableBytes == 0)
        }
    }

    @Test
    func `HEAD answers as GET does, without the body`() async throws {
        try await withLane { client in
            let get = try await client.execute(uri: "/v1/fine", method: .get)
            let head = try await client.execute(uri: "/v1/fine", method: .head)
            #expect(head.status == .ok)
            #expect(head.headers[.contentType] == "application/json")
            #expect(head.headers[.contentLength] == "\(get.body.readableBytes)")
            #expect(head.body.readableBytes == 0)
            let unknown = try await client.execute(uri: "/v1/nothing", method: .head)
            #expect(unknown.status == .notFound)
            #expect(unknown.body.readableBytes == 0)
        }
    }

    @Test
    func `what nobody foresaw is an internal error that says nothing of its cause`() async throws {
        try await withLane { client in
            let response = try await client.execute(uri: "/v1/broken", method: .get)
            #expect(response.status == .internalServerError)
            #expect(try response.object["code"] == "internal_error")
            #expect(!String(buffer: response.body).contains("hwa_secret"))
            #expect(try response.object["detail"]?.string?.contains("request id '-'") == false)
        }
    }

    @Test(
        arguments: [
            (DirectoryError.storageUnavailable("gone"), 503, "storage_unavailable"),
            (.companyExists, 409, "company_exists"),
            (.commandTaken(command: CommandName(trusting: "/a"), bot: "bot_1", botName: "b"), 409, "command_taken"),
            (.notFound, 404, "not_found"),
        ]
    )
    func `what the directory could not do is a problem`(error: DirectoryError, status: Int, code: String) async throws {
        try await withLane(throwing: error) { client in
            let response = try await client.execute(uri: "/v1/throws", method: .get)
            #expect(response.status.code == status)
            #expect(try response.object["code"]?.string == code)
            #expect((response.headers[.retryAfter] != nil) == (status == 503))
        }
    }

    @Test(arguments: [KeyRefusal.missing, .malformed, .unknown, .revoked, .expired])
    func `a key that opens nothing is challenged`(refusal: KeyRefusal) async throws {
        try await withLane(throwing: Problem(refusal)) { client in
            let response = try await client.execute(uri: "/v1/throws", method: .get)
            #expect(response.status == .unauthorized)
            #expect(response.headers[.wwwAuthenticate] == "Bearer")
            #expect(try response.object["code"]?.string == "key_\(refusal)")
        }
    }

    @Test(
        arguments: [
            (nil, "key_missing"), ("Basic dXNlcjpwYXNz", "key_missing"), ("Bearer", "key_missing"),
            ("Bearer ", "key_missing"), ("Bearer nonsense", "key_malformed"), ("bearer  nonsense", "key_malformed"),
            ("Bearer hwa_abcdefghijklmnopqrstuvwxyz0123012345", "key_malformed"),
        ] as [(String?, String)]
    )
    func `the key is taken from the one bearer header`(value: String?, code: String) async throws {
        try await withLane { client in
            var headers = HTTPFields()
            headers[.authorization] = value
            let response = try await client.execute(uri: "/v1/me", method: .get, headers: headers)
            #expect(response.status == .unauthorized)
            #expect(try response.object["code"]?.string == code)
        }
    }

    @Test
    func `no key is called unknown before the directory was loaded`() async throws {
        let secret = "Bearer \(APIKeySecret.random(.admin).text)"
        try await withLane(isLoaded: false) { client in
            let response = try await client.execute(uri: "/v1/me", method: .get, headers: [.authorization: secret])
            #expect(response.status == .serviceUnavailable)
            #expect(try response.object["code"] == "storage_unavailable")
        }
    }

    @Test
    func `two keys are one too many, and an unknown key is known to be one`() async throws {
        let secret = "Bearer \(APIKeySecret.random(.admin).text)"
        try await withLane { client in
            let unknown = try await client.execute(uri: "/v1/me", method: .get, headers: [.authorization: secret])
            #expect(try unknown.object["code"] == "key_unknown")
            var headers: HTTPFields = [.authorization: secret]
            headers.append(HTTPField(name: .authorization, value: secret))
            let twice = try await client.execute(uri: "/v1/me", method: .get, headers: headers)
            #expect(try twice.object["code"] == "key_malformed")
        }
    }

    @Test(
        arguments: [
            ("application/json", 200), ("Application/JSON; charset=UTF-8", 200), (nil, 200),
            ("application/json; charset=\"utf-8\"", 200), ("application/json; charset=euc-kr", 415),
            ("text/plain", 415), ("application/x-www-form-urlencoded", 415), ("application/merge-patch+json", 415),
            ("", 415),
        ] as [(String?, Int)]
    )
    func `bodies are JSON by type`(type: String?, status: Int) async throws {
        try await withLane { client in
            var headers = HTTPFields()
            headers[.contentType] = type
            let response = try await client.execute(
                uri: "/v1/echo",
                method: .post,
                headers: headers,
                body: ByteBuffer(string: "{\"a\":1}")
            )
            #expect(response.status.code == status)
            #expect(try response.object["code"] == (status == 200 ? nil : "unsupported_media_type"))
        }
    }

    @Test
    func `a compressed body is not taken`() async throws {
        try await withLane { client in
            let response = try await client.execute(
                uri: "/v1/echo",
                method: .post,
                headers: [.contentEncoding: "gzip"],
                body: ByteBuffer(string: "{}")
            )
            #expect(response.status == .unsupportedMediaType)
        }
    }

    @Test
    func `only a patch is taken as merge patch`() async throws {
        try await withLane { client in
            let response = try await client.execute(
                uri: "/v1/echo",
                method: .patch,
                headers: [.contentType: "application/merge-patch+json"],
                body: ByteBuffer(string: "{}")
            )
            #expect(response.status == .ok)
        }
    }

    @Test(
        arguments: [
            ("", 400, "invalid_json"), ("{", 400, "invalid_json"), ("{} x", 400, "invalid_json"),
            ("{\"a\":1,\"a\":2}", 400, "invalid_json"), ("null", 422, "invalid_fields"), ("[]", 422, "invalid_fields"),
            (String(repeating: "[", count: 100_000), 400, "invalid_json"),
            (String(repeating: "{\"a\":", count: 33) + "1" + String(repeating: "}", count: 33), 400, "invalid_json"),
            (String(repeating: "{\"a\":", count: 32) + "1" + String(repeating: "}", count: 32), 200, nil),
        ] as [(String, Int, String?)]
    )
    func `bodies are one object of JSON`(body: String, status: Int, code: String?) async throws {
        try await withLane { client in
            let response = try await client.execute(uri: "/v1/echo", method: .post, body: ByteBuffer(string: body))
            #expect(response.status.code == status)
            #expect(try response.object["code"]?.string == code)
        }
    }

    @Test
    func `bytes that are not UTF-8 are told where they stand`() async throws {
        try await withLane { client in
            let body = ByteBuffer(bytes: Array("{\"a\":\"".utf8) + [0xC0, 0x80] + Array("\"}".utf8))
            let response = try await client.execute(uri: "/v1/echo", method: .post, body: body)
            #expect(response.status == .badRequest)
            let error = try #require(response.object["errors"]?.array?.first)
            #expect(error["code"] == "json_syntax")
            #expect(error["detail"] == "It cannot be read at byte 6: the bytes are not UTF-8.")
        }
    }

    @Test
    func `a body has at most 1 MiB, whether or not it says so before`() async throws {
        let longest = "{\"a\":\"" + String(repeating: "x", count: 1_048_576 - 8) + "\"}"
        try await withLane { client in
            let fine = try await client.execute(uri: "/v1/echo", method: .post, body: ByteBuffer(string: longest))
            #expect(fine.status == .ok)
            let long = try await client.execute(uri: "/v1/echo", method: .post, body: ByteBuffer(string: longest + " "))
            #expect(long.status == .contentTooLarge)
            #expect(try long.object["detail"]?.string?.contains("1048576") == true)
            let lying = try await client.execute(
                uri: "/v1/unsized",
                method: .post,
                body: ByteBuffer(string: longest + " ")
            )
            #expect(lying.status == .contentTooLarge)
        }
    }

    @Test
    func `only where all fields are optional may the body be empty`() async throws {
        try await withLane { client in
            let empty = try await client.execute(uri: "/v1/optional", method: .post)
            #expect(empty.status == .ok)
            #expect(try empty.object == [:])
        }
    }

    /// A router with the routes that these tests need.
    private func withLane(
        throwing error: any Error = Unforeseen(secret: "hwa_secret"),
        isLoaded: Bool = true,
        _ test: @Sendable (any TestClientProtocol) async throws -> Void
    ) async throws {
        let router = Router<APIRequestContext>.api(for: .all)
        router.get("/v1/fine") { _, _ in Response(json: ["fine": true]) }
        router.get("/v1/broken") { _, _ -> Response in throw Unforeseen(secret: "hwa_secret") }
        router.get("/v1/throws") { _, _ -> Response in throw error }
        router.post("/v1/echo") { request, _ in Response(json: try await request.jsonObject()) }
        router.patch("/v1/echo") { request, _ in Response(json: try await request.jsonObject(isPatch: true)) }
        router.post("/v1/optional") { request, _ in Response(json: try await request.jsonObject(mayBeEmpty: true)) }
        router.post("/v1/unsized") { request, _ in
            var head = request.head
            head.headerFields[.contentLength] = nil
            return Response(json: try await Request(head: head, body: request.body).jsonObject())
        }
        let snapshots = isLoaded ? SnapshotPublisher(Snapshot()) : SnapshotPublisher()
        router.group("v1").add(middleware: Authentication { snapshots.snapshot })
            .get("me") { _, _ in Response(json: [:]) }
        try await Application(router: router).test(.router, test)
    }
}

private struct Unforeseen: Error {
    let secret: String
}

extension TestResponse {
    fileprivate var object: JSON.Object {
        get throws { try #require(try JSON(parsing: Array(body.readableBytesView)).object) }
    }
}
