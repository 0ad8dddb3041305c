import API
import BSON
import HTTPTypes
import Hummingbird
import NIOCore

/// Asks a router without a server around it.
struct RouterClient: Sendable {
    private let responder: any HTTPResponder<APIRequestContext>
    private let channel: any Channel

    /// - Parameter channel: What requests seem to come over; its event loop is one of the relay's.
    init(_ router: Router<APIRequestContext>, channel: any Channel) {
        responder = router.buildResponder()
        self.channel = channel
    }

    struct Answer: Sendable {
        let status: Int
        let fields: HTTPFields
        let text: String

        var json: JSON? { try? JSON(parsing: Array(text.utf8)) }
        var code: String? { json?["code"]?.string }

        /// Of a list: the values of a field of its items.
        func items(_ field: String) -> [String]? {
            json?["items"]?.array?.compactMap { $0[field]?.string }
        }
    }

    func get(_ path: String, key: String? = nil, fields: HTTPFields = [:]) async throws -> Answer {
        try await ask(.get, path, key, fields, "")
    }

    func post(_ path: String, key: String? = nil, fields: HTTPFields = [:], _ body: String) async throws -> Answer {
        try await ask(.post, path, key, fields, body)
    }

    func put(_ path: String, key: String? = nil, _ body: String) async throws -> Answer {
        try await ask(.put, path, key, [:], body)
    }

    private func ask(
        _ method: HTTPRequest.Method,
        _ path: String,
        _ key: String?,
        _ fields: HTTPFields,
        _ body: String
    ) async throws -> Answer {
        var fields = fields
        if let key { fields[.authorization] = "Bearer \(key)" }
        let request = Request(
            head: HTTPRequest(method: method, scheme: "http", authority: "h", path: path, headerFields: fields),
            body: RequestBody(buffer: ByteBuffer(string: body))
        )
        let context = APIRequestContext(source: .init(channel: channel, logger: .silent))
        let response = try await responder.respond(to: request, context: context)
        let text = Gathered()
        try await response.body.write(Writer(text: text))
        return Answer(status: response.status.code, fields: response.headers, text: text.entries.take().joined())
    }

    private final class Gathered: Sendable {
        let entries = Journal()
    }

    private struct Writer: ResponseBodyWriter {
        let text: Gathered

        func write(_ buffer: ByteBuffer) async throws {
            text.entries.note(String(buffer: buffer))
        }

        consuming func finish(_ trailingHeaders: HTTPFields?) async throws {}
    }
}
