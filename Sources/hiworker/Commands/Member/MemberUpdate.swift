import ArgumentParser
import BSON

/// `hiworker member update`
struct MemberUpdate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "update",
        abstract: "Change a member.",
        discussion: "What is not given stays; an empty --email removes the address."
    )

    @Argument(help: "Their id, mem_….") var id: String
    @Option(help: "What colleagues call them.") var name: String?
    @Option(help: "Their e-mail address.") var email: String?
    @Option(help: .metadata) var metadata: JSONObjectArgument?
    @OptionGroup var client: ClientOptions

    func run() async throws {
        var patch: JSON.Object = [:]
        patch["name"] = name.map { .string($0) }
        patch["email"] = email.map { $0.isEmpty ? .null : .string($0) }
        patch["metadata"] = metadata.map { .object($0.object) }
        let body = patch
        client.console.show(try await client.withClient { try await $0.patch(MemberCommands.path(id), body) })
    }
}
