import ArgumentParser

/// `hiworker member`
struct MemberCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "member",
        abstract: "Register members and look after them.",
        discussion: "A member is a person of a company who sends messages. Needs an admin key.",
        subcommands: [MemberCreate.self, MemberList.self, MemberShow.self, MemberUpdate.self, MemberDelete.self]
    )

    static func path(_ id: String) -> String {
        "/v1/members/\(APIClient.escaped(id))"
    }
}
