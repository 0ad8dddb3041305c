import API
import BSON
import Directory
import Hummingbird

/// `/v1/companies/{domain}/members` and `/v1/members/{id}`.
struct MemberRoutes: Sendable {
    let directory: Directory

    func add(to group: RouterGroup<APIRequestContext>) {
        group.post("companies/{domain}/members", use: create)
        group.get("companies/{domain}/members", use: list)
        group.get("members/{id}", use: show)
        group.patch("members/{id}", use: update)
        group.delete("members/{id}", use: delete)
    }

    @Sendable private func create(_ request: Request, _ context: APIRequestContext) async throws -> Response {
        let domain = try context.pathDomain(of: context.requireAdmin())
        let (member, key) = try await directory.createMember(NewMember(body: request.jsonObject()), company: domain)
        return Response(
            json: ["member": .object(member.resource), "key": .object(key.resource)],
            status: .created,
            location: Path.of("members", member.id)
        )
    }

    @Sendable private func list(_ request: Request, _ context: APIRequestContext) async throws -> Response {
        let domain = try context.pathDomain(of: context.requireAdmin())
        let page = try PageRequest(query: request.uri.query)
        let members = try await directory.members(company: domain, after: page.after, limit: page.lookUpLimit)
        if members.isEmpty { try await directory.requireCompany(domain) }
        return Response(json: page.body(members, id: \.id, resource: \.resource))
    }

    @Sendable private func show(_ request: Request, _ context: APIRequestContext) async throws -> Response {
        let member = try await directory.member(context.pathText("id"), of: context.requireAdmin())
        return Response(json: member.resource)
    }

    @Sendable private func update(_ request: Request, _ context: APIRequestContext) async throws -> Response {
        let found = try await directory.member(context.pathText("id"), of: context.requireAdmin())
        var patch = try await MemberPatch(body: request.jsonObject(isPatch: true))
        patch.metadata = try patch.metadata.map { try found.metadata.merging(metadata: $0) }
        guard let member = try await directory.updateMember(found.id, patch) else { throw Problem(.notFound) }
        return Response(json: member.resource)
    }

    @Sendable private func delete(_ request: Request, _ context: APIRequestContext) async throws -> Response {
        let administrator = try context.requireAdmin()
        try await Problem.unlessFound {
            let member = try await directory.member(context.pathText("id"), of: administrator)
            try await directory.deleteMember(member.id)
        }
        return .noContent
    }
}
