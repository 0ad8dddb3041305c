import BSON
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Testing

/// Calls the key server with one key, or with none.
struct Caller: Sendable {
    let client: any TestClientProtocol
    var secret: String?
    var language = "en"

    func with(_ secret: String?) -> Caller {
        Caller(client: client, secret: secret)
    }

    func get(_ path: String) async throws -> Answer { try await call(.get, path) }
    func post(_ path: String, _ body: JSON? = nil) async throws -> Answer { try await call(.post, path, body) }
    func patch(_ path: String, _ body: JSON) async throws -> Answer { try await call(.patch, path, body) }
    func delete(_ path: String) async throws -> Answer { try await call(.delete, path) }

    func call(_ method: HTTPRequest.Method, _ path: String, _ body: JSON? = nil) async throws -> Answer {
        var headers: HTTPFields = [.acceptLanguage: language]
        if let secret { headers[.authorization] = "Bearer \(secret)" }
        if body != nil { headers[.contentType] = "application/json" }
        let response = try await client.execute(
            uri: path,
            method: method,
            headers: headers,
            body: body.map { ByteBuffer(bytes: $0.bytes) }
        )
        return try Answer(response)
    }
}

/// What came back.
struct Answer: Sendable {
    let status: Int
    let headers: HTTPFields
    /// Empty when there was no body.
    let body: JSON.Object

    init(_ response: TestResponse) throws {
        status = Int(response.status.code)
        headers = response.headers
        let bytes = Array(response.body.readableBytesView)
        body = bytes.isEmpty ? [:] : try #require(try JSON(parsing: bytes).object)
    }

    var code: String? { body["code"]?.string }

    /// The answer itself, having this status.
    @discardableResult
    func expect(_ status: Int, sourceLocation: SourceLocation = #_sourceLocation) throws -> Answer {
        try #require(self.status == status, "\(JSON.object(body).text)", sourceLocation: sourceLocation)
        return self
    }

    /// The answer is this problem.
    func expect(_ status: Int, _ code: String, sourceLocation: SourceLocation = #_sourceLocation) {
        #expect(self.status == status, sourceLocation: sourceLocation)
        #expect(self.code == code, sourceLocation: sourceLocation)
        #expect(headers[.contentType] == "application/problem+json", sourceLocation: sourceLocation)
        #expect(body["status"]?.integer == Int64(status), sourceLocation: sourceLocation)
    }

    /// A string somewhere in the body: `text("bot", "id")`.
    func text(_ path: String..., sourceLocation: SourceLocation = #_sourceLocation) throws -> String {
        var json = JSON.object(body)
        for step in path { json = try #require(json[step], sourceLocation: sourceLocation) }
        return try #require(json.string, sourceLocation: sourceLocation)
    }

    /// The items of a page.
    func items(sourceLocation: SourceLocation = #_sourceLocation) throws -> [JSON] {
        try #require(body["items"]?.array, sourceLocation: sourceLocation)
    }

    /// The places of the problem's issues: pointers and parameters.
    var places: [String] {
        (body["errors"]?.array ?? []).compactMap { $0["pointer"]?.string ?? $0["parameter"]?.string }
    }
}
