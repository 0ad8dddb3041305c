import ArgumentParser

/// `hiworker bot delete`
struct BotDelete: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "delete", abstract: "Delete a bot with its keys.")

    @Argument(help: "Its id, bot_….") var id: String
    @OptionGroup var client: ClientOptions

    func run() async throws {
        try await client.withClient { try await $0.delete(BotCommands.path(id)) }
        client.console.done("\(id) is deleted.")
    }
}
