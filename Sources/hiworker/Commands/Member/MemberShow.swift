import ArgumentParser

/// `hiworker member show`
struct MemberShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Show a member.")

    @Argument(help: "Their id, mem_….") var id: String
    @OptionGroup var client: ClientOptions

    func run() async throws {
        client.console.show(try await client.withClient { try await $0.get(MemberCommands.path(id)) })
    }
}
