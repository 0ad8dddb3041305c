import ArgumentParser

/// `hiworker bot show`
struct BotShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Show a bot and its commands.")

    @Argument(help: "Its id, bot_….") var id: String
    @OptionGroup var client: ClientOptions

    func run() async throws {
        client.console.show(try await client.withClient { try await $0.get(BotCommands.path(id)) })
    }
}
