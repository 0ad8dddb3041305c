import API
import BSON
import Directory
import Hummingbird

/// `/v1/companies/{domain}/bots`, `/v1/bots/{id}` and a bot's webhook secret.
struct BotRoutes: Sendable {
    let directory: Directory
    let presence: @Sendable (_ botID: String) -> JSON?
    let look: @Sendable (_ botIDs: [String]) async -> Void

    func add(to group: RouterGroup<APIRequestContext>) {
        group.post("companies/{domain}/bots", use: create)
        group.get("companies/{domain}/bots", use: list)
        group.get("bots/{id}", use: show)
        group.patch("bots/{id}", use: update)
        group.delete("bots/{id}", use: delete)
        group.post("bots/{id}/webhook_secret", use: rotateWebhookSecret)
    }

    @Sendable private func create(_ request: Request, _ context: APIRequestContext) async throws -> Response {
        let domain = try context.pathDomain(of: context.requireAdmin())
        let (bot, key) = try await directory.createBot(NewBot(body: request.jsonObject()), company: domain)
        var body: JSON.Object = ["bot": .object(resource(bot)), "key": .object(key.resource)]
        if let secret = bot.webhookSecrets.first { body["webhook_secret"] = .string(secret.text) }
        return Response(json: body, status: .created, location: Path.of("bots", bot.id))
    }

    @Sendable private func list(_ request: Request, _ context: APIRequestContext) async throws -> Response {
        let domain = try context.pathDomain(of: context.requireAdmin())
        let page = try PageRequest(query: request.uri.query)
        let bots = try await directory.bots(company: domain, after: page.after, limit: page.lookUpLimit)
        if bots.isEmpty { try await directory.requireCompany(domain) }
        await look(bots.map(\.id))
        return Response(json: page.body(bots, id: \.id, resource: resource))
    }

    @Sendable private func show(_ request: Request, _ context: APIRequestContext) async throws -> Response {
        let bot = try await directory.bot(context.pathText("id"), of: context.requireAdmin())
        await look([bot.id])
        return Response(json: resource(bot))
    }

    @Sendable private func update(_ request: Request, _ context: APIRequestContext) async throws -> Response {
        let found = try await directory.bot(context.pathText("id"), of: context.requireAdmin())
        var patch = try await BotPatch(body: request.jsonObject(isPatch: true))
        patch.metadata = try patch.metadata.map { try found.metadata.merging(metadata: $0) }
        guard let bot = try await directory.updateBot(found.id, patch) else { throw Problem(.notFound) }
        return Response(json: resource(bot))
    }

    @Sendable private func delete(_ request: Request, _ context: APIRequestContext) async throws -> Response {
        let administrator = try context.requireAdmin()
        try await Problem.unlessFound {
            let bot = try await directory.bot(context.pathText("id"), of: administrator)
            try await directory.deleteBot(bot.id)
        }
        return .noContent
    }

    @Sendable private func rotateWebhookSecret(
        _ request: Request,
        _ context: APIRequestContext
    ) async throws -> Response {
        let bot = try await directory.bot(context.pathText("id"), of: context.requireAdmin())
        let rotation = try await WebhookSecretRotation(body: request.jsonObject(mayBeEmpty: true))
        guard case .webhook = bot.delivery else { throw Problem(.notAWebhook) }
        let secret = try await directory.rotateWebhookSecret(bot: bot.id, overlap: rotation.overlap)
        return Response(json: ["webhook_secret": .string(secret.text)], status: .created)
    }

    private func resource(_ bot: Bot) -> JSON.Object {
        bot.resource(presence: presence(bot.id))
    }
}
