import ArgumentParser

/// `hiworker member delete`
struct MemberDelete: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete",
        abstract: "Delete a member with their keys, and erase their messages."
    )

    @Argument(help: "Their id, mem_….") var id: String
    @OptionGroup var client: ClientOptions

    func run() async throws {
        try await client.withClient { try await $0.delete(MemberCommands.path(id)) }
        client.console.done("\(id) is deleted.")
    }
}
