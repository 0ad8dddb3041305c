import API
import BSON
import Directory
import HTTPTypes
import Hummingbird
import Relay

/// Messages: `/v1/messages`. The same relay core as the hot lane's, for requests of any shape.
struct MessageRoutes {
    let relay: Relay

    func add(to group: RouterGroup<APIRequestContext>) {
        group.post("/v1/messages", use: send)
        group.get("/v1/messages", use: list)
        group.get("/v1/messages/:id", use: show)
        group.post("/v1/messages/:id/reply", use: reply)
    }

    @Sendable private func send(_ request: Request, _ context: APIRequestContext) async throws -> Response {
        let member = try context.requireMember().member
        let message = try NewMessage(body: try await request.jsonObject())
        let key = try IdempotencyKey(request.headers)
        let answer = await relay.send(
            message,
            from: member,
            idempotencyKey: key?.text,
            on: context.channel.eventLoop
        )
        let response = answer.response(in: context.language)
        if let problem = response.problem { return problem.response(in: context.language) }
        return Response(
            status: .init(code: response.status),
            headers: [.contentType: "application/json", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: response.body))
        )
    }

    /// Newest first. `next` leads to older ones; an id in `after` asks for newer ones, oldest first.
    @Sendable private func list(_ request: Request, _ context: APIRequestContext) async throws -> Response {
        let member = try context.requireMember().member
        var query = QueryReader(request.uri.query)
        let bot = query.text("bot")
        let before = query.text("before")
        let page = PageRequest(&query)
        try query.finish()
        guard let part = HistoryPart(before: before, after: page.after) else {
            let name = before == nil ? "after" : "before"
            throw Problem(.invalidFields, issues: [.init(.parameter(name), .unknownPlace)])
        }
        // Nobody has an id that is none, so there is nothing with such a bot.
        if let bot, ResourceID(bot) == nil { return Response(json: ["items": []]) }
        let messages = try await relay.messages(
            of: member.resourceID,
            bot: bot.flatMap { ResourceID($0) },
            page: part.page,
            limit: page.lookUpLimit
        )
        let body = page.body(messages, id: { part.next(after: $0.id) }, resource: { $0.body(in: context.language) })
        return Response(json: body)
    }

    @Sendable private func show(_ request: Request, _ context: APIRequestContext) async throws -> Response {
        let member = try context.requireMember().member
        let message = try await relay.message(try id(context), of: member.resourceID)
        return Response(json: message.body(in: context.language))
    }

    @Sendable private func reply(_ request: Request, _ context: APIRequestContext) async throws -> Response {
        let bot = try context.requireBot().bot
        let reply = try JSON.Object(replyBody: try await request.jsonObject())
        try await relay.reply(to: try id(context), from: bot.resourceID, reply)
        return .noContent
    }

    /// The message that the path names. What is no id is nobody's message.
    private func id(_ context: APIRequestContext) throws(Problem) -> MessageID {
        guard let id = context.parameters.get("id").flatMap({ MessageID($0) }) else { throw Problem(.notFound) }
        return id
    }
}

/// Which part of the history a list's `before` and `after` ask for.
private struct HistoryPart {
    let page: HistoryPage

    /// What `next` begins with when it leads to older messages: `after` alone asks for newer ones.
    private static let older = "older-than-"

    /// Nil when one of them is no message's id.
    init?(before: String?, after: String?) {
        if let after, after.hasPrefix(Self.older) {
            guard let id = MessageID(String(after.dropFirst(Self.older.count))) else { return nil }
            page = .before(id)
        } else if let after {
            guard let id = MessageID(after) else { return nil }
            page = .after(id)
        } else if let before {
            guard let id = MessageID(before) else { return nil }
            page = .before(id)
        } else {
            page = .latest
        }
    }

    func next(after id: MessageID) -> String {
        if case .after = page { return id.description }
        return Self.older + id.description
    }
}

/// The value of `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header): 1 to 255 visible characters.
private struct IdempotencyKey {
    let text: String

    init?(_ headers: HTTPFields) throws(Problem) {
        guard let name = HTTPField.Name("Idempotency-Key") else { return nil }
        let values = headers[values: name]
        guard let value = values.first else { return nil }
        guard values.count == 1, (1...255).contains(value.utf8.count) else {
            throw Problem(
                .invalidFields,
                issues: [.init(.parameter("Idempotency-Key"), .tooLong, ["maximum": "255"])]
            )
        }
        text = value
    }
}
