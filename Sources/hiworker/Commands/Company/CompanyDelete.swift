import ArgumentParser

/// `hiworker company delete`
struct CompanyDelete: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete",
        abstract: "Delete a company with its bots, members, keys and messages.",
        discussion: "There is no way back. The domain is asked for twice so that it is not deleted by a slip."
    )

    @Argument(help: "Its domain.") var domain: String
    @Option(help: ArgumentHelp("The domain once more.", valueName: "domain")) var confirm: String
    @OptionGroup var client: ClientOptions

    func validate() throws {
        guard confirm == domain else {
            throw ValidationError(
                "--confirm is ‘\(confirm)’; repeat the domain ‘\(domain)’ to delete everything in it."
            )
        }
    }

    func run() async throws {
        try await client.withClient { try await $0.delete(CompanyCommands.path(domain)) }
        client.console.done("\(domain) is deleted.")
    }
}
