import ArgumentParser
import BSON

/// `hiworker bot create`
struct BotCreate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "Register a bot and print its API key.",
        usage: """
            hiworker bot create --company example.com --name 예약봇
            hiworker bot create --company example.com --name 예약봇 --webhook http://10.0.0.5:8000/ --commands commands.json
            """
    )

    @OptionGroup var company: CompanyOption
    @Option(help: "What members call it.") var name: String
    @OptionGroup var fields: BotFields
    @OptionGroup var client: ClientOptions

    func run() async throws {
        var body: JSON.Object = ["name": .string(name)]
        for (key, value) in try fields.json() { body[key] = value }
        let bot = body
        let answer = try await client.withClient { client in
            try await client.post("\(company.path(client))/bots", bot).body
        }
        client.console.show(created: answer, as: "bot")
    }
}
