import ArgumentParser
import BSON

/// `hiworker bot webhook-secret`
struct BotWebhookSecret: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "webhook-secret",
        abstract: "Make a new secret that signs the calls to a bot, and print it."
    )

    @Argument(help: "Its id, bot_….") var id: String
    @Option(help: ArgumentHelp("How long the secret before it still signs too.", valueName: "seconds"))
    var overlapSeconds: Int?
    @OptionGroup var client: ClientOptions

    func run() async throws {
        var body: JSON.Object = [:]
        body["overlap_seconds"] = overlapSeconds.map { .integer(Int64($0)) }
        let overlap = body
        let answer = try await client.withClient {
            try await $0.post("\(BotCommands.path(id))/webhook_secret", overlap).body
        }
        client.console.show(created: answer, as: "bot")
    }
}
