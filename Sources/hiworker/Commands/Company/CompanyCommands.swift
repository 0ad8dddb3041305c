import ArgumentParser
import BSON

/// `hiworker company`
struct CompanyCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "company",
        abstract: "Register companies and look after them.",
        discussion: "A company owns bots and members; its id is its domain. Needs an admin key.",
        subcommands: [
            CompanyCreate.self, CompanyList.self, CompanyShow.self, CompanyUpdate.self, CompanyDelete.self,
        ]
    )

    static func path(_ domain: String) -> String {
        "/v1/companies/\(APIClient.escaped(domain))"
    }
}
