import ArgumentParser
import BSON

/// `hiworker company update`
struct CompanyUpdate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "update",
        abstract: "Change a company.",
        discussion: "What is not given stays."
    )

    @Argument(help: "Its domain.") var domain: String
    @Option(help: "What people call it.") var name: String?
    @Option(help: "IANA time zone in which its members' dates are read.") var timezone: String?
    @Option(help: .metadata) var metadata: JSONObjectArgument?
    @OptionGroup var client: ClientOptions

    func run() async throws {
        var patch: JSON.Object = [:]
        patch["name"] = name.map { .string($0) }
        patch["timezone"] = timezone.map { .string($0) }
        patch["metadata"] = metadata.map { .object($0.object) }
        let body = patch
        client.console.show(try await client.withClient { try await $0.patch(CompanyCommands.path(domain), body) })
    }
}
