import ArgumentParser
import BSON

/// `hiworker key create`
struct KeyCreate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "Make a further API key of a bot, a member or a company's administrators, and print it."
    )

    @OptionGroup var owner: KeyOwner
    @Option(help: ArgumentHelp("When it stops working; unset is never.", valueName: "seconds")) var expiresInSeconds:
        Int?
    @OptionGroup var client: ClientOptions

    func run() async throws {
        var body: JSON.Object = [:]
        body["expires_in_seconds"] = expiresInSeconds.map { .integer(Int64($0)) }
        let request = body
        let key = try await client.withClient { try await $0.post(owner.path, request).body }
        client.console.show(key)
        if !client.json { client.console.note("The secret is shown this once: keep it now.") }
    }
}
