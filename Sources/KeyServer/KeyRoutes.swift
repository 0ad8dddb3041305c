import API
import BSON
import Directory
import Hummingbird

/// The keys of companies, bots and members, and `/v1/keys/{id}`.
struct KeyRoutes: Sendable {
    let directory: Directory

    func add(to group: RouterGroup<APIRequestContext>) {
        group.post("companies/{domain}/keys") { try await create($0, $1, ownedBy: company) }
        group.get("companies/{domain}/keys") { try await list($0, $1, ownedBy: company) }
        group.post("bots/{id}/keys") { try await create($0, $1, ownedBy: bot) }
        group.get("bots/{id}/keys") { try await list($0, $1, ownedBy: bot) }
        group.post("members/{id}/keys") { try await create($0, $1, ownedBy: member) }
        group.get("members/{id}/keys") { try await list($0, $1, ownedBy: member) }
        group.delete("keys/{id}", use: revoke)
    }

    /// Whose keys a path is about.
    private struct Owner {
        let kind: KeyKind
        let company: String
        /// The id of a bot or member; nil for a company's administrators.
        let id: String?
    }

    private typealias FindOwner = (APIRequestContext) async throws -> Owner

    private func create(
        _ request: Request,
        _ context: APIRequestContext,
        ownedBy find: FindOwner
    ) async throws -> Response {
        let owner = try await find(context)
        let key = try await NewKey(body: request.jsonObject(mayBeEmpty: true))
        let issued = try await directory.createKey(
            kind: owner.kind,
            company: owner.company,
            owner: owner.id,
            expiresIn: key.expiresIn
        )
        return Response(json: issued.resource, status: .created)
    }

    private func list(
        _ request: Request,
        _ context: APIRequestContext,
        ownedBy find: FindOwner
    ) async throws -> Response {
        let owner = try await find(context)
        let page = try PageRequest(query: request.uri.query)
        let keys = try await directory.keys(
            kind: owner.kind,
            company: owner.company,
            owner: owner.id,
            after: page.after,
            limit: page.lookUpLimit
        )
        return Response(json: page.body(keys, id: \.id, resource: \.resource))
    }

    @Sendable private func revoke(_ request: Request, _ context: APIRequestContext) async throws -> Response {
        let administrator = try context.requireAdmin()
        try await Problem.unlessFound {
            guard let key = try await directory.key(context.pathText("id")), administrator.administers(key.company)
            else { throw Problem(.notFound) }
            try await directory.revokeKey(key.id)
        }
        return .noContent
    }

    @Sendable private func company(_ context: APIRequestContext) async throws -> Owner {
        let domain = try context.pathDomain(of: context.requireAdmin())
        try await directory.requireCompany(domain)
        return Owner(kind: .admin, company: domain, id: nil)
    }

    @Sendable private func bot(_ context: APIRequestContext) async throws -> Owner {
        let bot = try await directory.bot(context.pathText("id"), of: context.requireAdmin())
        return Owner(kind: .bot, company: bot.company, id: bot.id)
    }

    @Sendable private func member(_ context: APIRequestContext) async throws -> Owner {
        let member = try await directory.member(context.pathText("id"), of: context.requireAdmin())
        return Owner(kind: .member, company: member.company, id: member.id)
    }
}
