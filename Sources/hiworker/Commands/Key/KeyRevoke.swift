import ArgumentParser

/// `hiworker key revoke`
struct KeyRevoke: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke",
        abstract: "Revoke an API key: it stops working everywhere at once."
    )

    @Argument(help: "The key's id, key_…, as ‘hiworker key list’ shows it; not the key itself.") var id: String
    @OptionGroup var client: ClientOptions

    func validate() throws {
        guard !["hwa_", "hwb_", "hwm_"].contains(where: id.hasPrefix) else {
            throw ValidationError("That is a key itself. Name its id, key_…, as ‘hiworker key list’ shows it.")
        }
    }

    func run() async throws {
        try await client.withClient { try await $0.delete("/v1/keys/\(APIClient.escaped(id))") }
        client.console.done("\(id) is revoked.")
    }
}
