import ArgumentParser
import BSON

/// `hiworker company create`
struct CompanyCreate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "Register a company.",
        usage: "hiworker company create example.com --name Example --timezone Asia/Seoul"
    )

    @Argument(help: "Its domain, such as example.com. It never changes.") var domain: String
    @Option(help: "What people call it.") var name: String
    @Option(help: "IANA time zone in which its members' dates are read. (default: Asia/Seoul)") var timezone: String?
    @Option(help: .metadata) var metadata: JSONObjectArgument?
    @OptionGroup var client: ClientOptions

    func run() async throws {
        var body: JSON.Object = ["domain": .string(domain), "name": .string(name)]
        body["timezone"] = timezone.map { .string($0) }
        body["metadata"] = metadata.map { .object($0.object) }
        let company = try await client.withClient { try await $0.post("/v1/companies", body).body }
        client.console.show(company)
    }
}
