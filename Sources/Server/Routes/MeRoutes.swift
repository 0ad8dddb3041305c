import API
import BSON
import Directory
import Foundation
import Hummingbird
import Relay

/// The caller's own view: `/v1/me`. All from memory, but the declaration of commands.
struct MeRoutes {
    let directory: Directory
    let relay: Relay

    func add(to group: RouterGroup<APIRequestContext>) {
        group.get("/v1/me", use: show)
        group.get("/v1/me/bots", use: bots)
        group.get("/v1/me/members", use: colleagues)
        group.get("/v1/me/complete", use: complete)
        group.put("/v1/me/commands", use: declare)
    }

    @Sendable private func show(_ request: Request, _ context: APIRequestContext) throws -> Response {
        let caller = try context.requireCaller()
        var body: JSON.Object = [:]
        switch caller {
        case .admin(let company, _):
            body["kind"] = "admin"
            if let company { body["company"] = .string(company) }
        case .bot(let bot, _):
            body["kind"] = "bot"
            body["id"] = .string(bot.id)
            body["name"] = .string(bot.name)
            body["company"] = .string(bot.company)
        case .member(let member, _):
            body["kind"] = "member"
            body["id"] = .string(member.id)
            body["name"] = .string(member.name)
            body["company"] = .string(member.company)
        }
        let key = caller.key
        var keyBody: JSON.Object = ["id": .string(key.id), "last4": .string(key.last4)]
        if let expiresAt = key.expiresAt { keyBody["expires_at"] = .string(expiresAt.rfc3339) }
        body["key"] = .object(keyBody)
        return Response(json: body)
    }

    @Sendable private func bots(_ request: Request, _ context: APIRequestContext) async throws -> Response {
        let member = try context.requireMember().member
        let page = try PageRequest(query: request.uri.query)
        let snapshot = directory.snapshot
        let previous = try page.after.map { id throws(Problem) in
            try bot(id, of: member.company, in: snapshot)
        }
        let found = snapshot.bots(company: member.company, after: previous, limit: page.lookUpLimit)
        await relay.look(at: found)
        return Response(json: page.body(found, id: \.id, resource: resource))
    }

    private func resource(_ bot: SnapshotBot) -> JSON.Object {
        let offers = relay.available(of: bot)
        return [
            "id": .string(bot.id),
            "name": .string(bot.name),
            "description": bot.description.map { .string($0) } ?? .null,
            "commands": .array(bot.commands.map { .object($0.resource(offering: offers)) }),
            "presence": .object(relay.presence(of: bot).body),
        ]
    }

    private func bot(_ id: String, of company: String, in snapshot: Snapshot) throws(Problem) -> SnapshotBot {
        guard let bot = snapshot.bot(id), bot.company == company else { throw Self.unknownPlace }
        return bot
    }

    /// What can follow the text typed so far.
    @Sendable private func complete(_ request: Request, _ context: APIRequestContext) async throws -> Response {
        let member = try context.requireMember().member
        var query = QueryReader(request.uri.query)
        let text = query.text("text", maximum: FieldLimits.messageCharacters) ?? ""
        let bot = query.text("bot")
        try query.finish()
        let completion = await relay.complete(text, bot: bot, for: member, on: context.channel.eventLoop)
        return Response(json: completion.body)
    }

    /// Colleagues whose name or address has the query in it, blind to case and to how Hangul is composed.
    @Sendable private func colleagues(_ request: Request, _ context: APIRequestContext) throws -> Response {
        let member = try context.requireMember().member
        var query = QueryReader(request.uri.query)
        let part = query.text("query").map(Self.folded)
        let page = PageRequest(&query)
        try query.finish()
        let snapshot = directory.snapshot
        var colleagues = snapshot.members(company: member.company)[...]
        if let after = page.after {
            guard let index = colleagues.firstIndex(where: { $0.id == after }) else { throw Self.unknownPlace }
            colleagues = colleagues[(index + 1)...]
        }
        let found = colleagues.lazy
            .filter { colleague in
                guard let part else { return true }
                return Self.folded(colleague.name).contains(part)
                    || colleague.email.map { Self.folded($0).contains(part) } ?? false
            }
            .prefix(page.lookUpLimit)
        let body = page.body(Array(found), id: \.id) { colleague in
            var body: JSON.Object = ["id": .string(colleague.id), "name": .string(colleague.name)]
            body["email"] = colleague.email.map { .string($0) } ?? .null
            return body
        }
        return Response(json: body)
    }

    private static func folded(_ text: String) -> String {
        text.precomposedStringWithCanonicalMapping.lowercased()
    }

    /// `after` names nothing of the list: it was deleted since, or made up.
    private static var unknownPlace: Problem {
        Problem(.invalidFields, issues: [.init(.parameter("after"), .unknownPlace)])
    }

    /// The bot declares its commands; the answer is the declaration as it stands.
    @Sendable private func declare(_ request: Request, _ context: APIRequestContext) async throws -> Response {
        let caller = try context.requireBot().bot
        let commands = try Command.declaration(body: try await request.jsonObject())
        try await directory.declare(caller.resourceID, commands)
        return Response(json: ["commands": .array(commands.map { .object($0.resource) })])
    }
}
