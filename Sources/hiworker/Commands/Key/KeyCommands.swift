import ArgumentParser

/// `hiworker key`
struct KeyCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key",
        abstract: "Make, list and revoke API keys.",
        discussion: """
            To rotate a key make a further one, give it to its owner, and revoke the old one: both work in between.
            """,
        subcommands: [KeyCreate.self, KeyList.self, KeyRevoke.self, KeyAdmin.self]
    )
}
