import ArgumentParser
import BSON

/// Which company a command is about. An admin key of one company names it by itself.
struct CompanyOption: ParsableArguments {
    @Option(
        name: .customLong("company"),
        help: ArgumentHelp("Domain of the company; only needed with an admin key of the platform.", valueName: "domain")
    )
    var company: String?

    /// `/v1/companies/example.com`
    func path(_ client: APIClient) async throws -> String {
        if let company { return "/v1/companies/\(APIClient.escaped(company))" }
        guard let company = try await client.get("/v1/me")["company"]?.string else {
            throw CommandFailure(.wrongUsage, "Name the company with --company: this API key is for all of them.")
        }
        return "/v1/companies/\(APIClient.escaped(company))"
    }
}
