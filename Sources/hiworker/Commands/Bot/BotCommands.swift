import ArgumentParser

/// `hiworker bot`
struct BotCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bot",
        abstract: "Register bots and look after them.",
        discussion: "A bot answers commands of one company. Needs an admin key.",
        subcommands: [
            BotCreate.self, BotList.self, BotShow.self, BotUpdate.self, BotDelete.self, BotWebhookSecret.self,
        ]
    )

    static func path(_ id: String) -> String {
        "/v1/bots/\(APIClient.escaped(id))"
    }
}
