import ArgumentParser
import BSON

/// `hiworker bot list`
struct BotList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the bots of a company.")

    @OptionGroup var company: CompanyOption
    @OptionGroup var page: PageOptions
    @OptionGroup var client: ClientOptions

    func run() async throws {
        let list = try await client.withClient { client in
            try await client.list("\(company.path(client))/bots", page)
        }
        client.console.show(list, header: ["ID", "NAME", "DELIVERY", "COMMANDS", "PRESENCE"]) { bot in
            [
                ResourceText.text(bot["id"]), ResourceText.text(bot["name"]), ResourceText.text(bot["delivery"]),
                String(bot["commands"]?.array?.count ?? 0), ResourceText.presence(bot["presence"]),
            ]
        }
    }
}
