import API
import BSON
import Directory
import Hummingbird

/// `/v1/companies` and `/v1/companies/{domain}`.
struct CompanyRoutes: Sendable {
    let directory: Directory

    func add(to group: RouterGroup<APIRequestContext>) {
        group.post("companies", use: create)
        group.get("companies", use: list)
        group.get("companies/{domain}", use: show)
        group.patch("companies/{domain}", use: update)
        group.delete("companies/{domain}", use: delete)
    }

    @Sendable private func create(_ request: Request, _ context: APIRequestContext) async throws -> Response {
        _ = try context.requirePlatformAdmin()
        let company = try await directory.createCompany(NewCompany(body: request.jsonObject()))
        return Response(
            json: company.resource,
            status: .created,
            location: Path.of("companies", company.domain)
        )
    }

    @Sendable private func list(_ request: Request, _ context: APIRequestContext) async throws -> Response {
        _ = try context.requirePlatformAdmin()
        let page = try PageRequest(query: request.uri.query)
        let companies = try await directory.companies(after: page.after, limit: page.lookUpLimit)
        return Response(json: page.body(companies, id: \.domain, resource: \.resource))
    }

    @Sendable private func show(_ request: Request, _ context: APIRequestContext) async throws -> Response {
        let domain = try context.pathDomain(of: context.requireAdmin())
        guard let company = try await directory.company(domain) else { throw Problem(.notFound) }
        return Response(json: company.resource)
    }

    @Sendable private func update(_ request: Request, _ context: APIRequestContext) async throws -> Response {
        let domain = try context.pathDomain(of: context.requireAdmin())
        var patch = try await CompanyPatch(body: request.jsonObject(isPatch: true))
        if let metadata = patch.metadata {
            guard let company = try await directory.company(domain) else { throw Problem(.notFound) }
            patch.metadata = try company.metadata.merging(metadata: metadata)
        }
        guard let company = try await directory.updateCompany(domain, patch) else { throw Problem(.notFound) }
        return Response(json: company.resource)
    }

    @Sendable private func delete(_ request: Request, _ context: APIRequestContext) async throws -> Response {
        let administrator = try context.requireAdmin()
        if let domain = try? context.pathDomain(of: administrator) {
            try await directory.deleteCompany(domain)
        }
        return .noContent
    }
}
