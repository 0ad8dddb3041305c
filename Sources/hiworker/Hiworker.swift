import ArgumentParser
import Foundation
import Server

/// The command line. Every failure leaves through here, as a sentence on standard error and an exit status.
@main
struct Hiworker: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hiworker",
        abstract: "A self-hosted chatbot platform: its server, and commands for those who run it.",
        discussion: """
            Start with ‘hiworker demo’, which needs nothing but a mongod, or with ‘hiworker serve’. The commands of the \
            directory and ‘send’ talk to a running server, which HIWORKER_URL names; HIWORKER_API_KEY is the key that they \
            present. ‘hiworker help <command>’ tells more about each.

            Exit status: 0 done; 1 refused by the server; 2 the message failed; 3 no reply yet; 64 wrong usage; \
            69 no server or no MongoDB to be reached; 77 the API key is missing or not accepted; 78 wrong configuration.
            """,
        version: "hiworker \(HiworkerServer.version)",
        groupedSubcommands: [
            CommandGroup(name: "Server", subcommands: [Serve.self, Demo.self, Health.self]),
            CommandGroup(
                name: "Directory",
                subcommands: [CompanyCommands.self, BotCommands.self, MemberCommands.self, KeyCommands.self]
            ),
            CommandGroup(name: "Messages", subcommands: [Send.self]),
        ]
    )

    static func main() async {
        do {
            var command = try parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch {
            guard let failure = CommandFailure(error) else { exit(withError: error) }
            failure.report()
            Foundation.exit(failure.status.rawValue)
        }
    }
}
