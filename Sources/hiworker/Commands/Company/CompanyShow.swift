import ArgumentParser

/// `hiworker company show`
struct CompanyShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Show a company.")

    @Argument(help: "Its domain.") var domain: String
    @OptionGroup var client: ClientOptions

    func run() async throws {
        client.console.show(try await client.withClient { try await $0.get(CompanyCommands.path(domain)) })
    }
}
