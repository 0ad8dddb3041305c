import ArgumentParser
import BSON

/// `hiworker bot update`
struct BotUpdate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "update",
        abstract: "Change a bot.",
        discussion: "What is not given stays. The commands are replaced as a whole; an empty --description removes it."
    )

    @Argument(help: "Its id, bot_….") var id: String
    @Option(help: "What members call it.") var name: String?
    @OptionGroup var fields: BotFields
    @OptionGroup var client: ClientOptions

    func run() async throws {
        var patch = try fields.json()
        patch["name"] = name.map { .string($0) }
        let body = patch
        client.console.show(try await client.withClient { try await $0.patch(BotCommands.path(id), body) })
    }
}
