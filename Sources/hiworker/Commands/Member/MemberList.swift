import ArgumentParser
import BSON

/// `hiworker member list`
struct MemberList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the members of a company.")

    @OptionGroup var company: CompanyOption
    @OptionGroup var page: PageOptions
    @OptionGroup var client: ClientOptions

    func run() async throws {
        let list = try await client.withClient { client in
            try await client.list("\(company.path(client))/members", page)
        }
        client.console.show(list, header: ["ID", "NAME", "E-MAIL", "CREATED"]) { member in
            ["id", "name", "email", "created_at"].map { ResourceText.text(member[$0]) }
        }
    }
}
