import ArgumentParser
import BSON

/// `hiworker key list`
struct KeyList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the API keys of a bot, a member or a company's administrators that are not revoked."
    )

    @OptionGroup var owner: KeyOwner
    @OptionGroup var page: PageOptions
    @OptionGroup var client: ClientOptions

    func run() async throws {
        let list = try await client.withClient { try await $0.list(owner.path, page) }
        client.console.show(list, header: ["ID", "KIND", "ENDS IN", "CREATED", "EXPIRES"]) { key in
            ["id", "kind", "last4", "created_at", "expires_at"].map { ResourceText.text(key[$0]) }
        }
    }
}
