import ArgumentParser
import BSON

/// `hiworker company list`
struct CompanyList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the companies, by domain.")

    @OptionGroup var page: PageOptions
    @OptionGroup var client: ClientOptions

    func run() async throws {
        let list = try await client.withClient { try await $0.list("/v1/companies", page) }
        client.console.show(list, header: ["DOMAIN", "NAME", "TIME ZONE", "CREATED"]) { company in
            ["domain", "name", "timezone", "created_at"].map { ResourceText.text(company[$0]) }
        }
    }
}
