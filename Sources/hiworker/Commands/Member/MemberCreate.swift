import ArgumentParser
import BSON

/// `hiworker member create`
struct MemberCreate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "Register a member and print their API key."
    )

    @OptionGroup var company: CompanyOption
    @Option(help: "What colleagues call them.") var name: String
    @Option(help: "Their e-mail address.") var email: String?
    @Option(help: .metadata) var metadata: JSONObjectArgument?
    @OptionGroup var client: ClientOptions

    func run() async throws {
        var body: JSON.Object = ["name": .string(name)]
        body["email"] = email.map { .string($0) }
        body["metadata"] = metadata.map { .object($0.object) }
        let member = body
        let answer = try await client.withClient { client in
            try await client.post("\(company.path(client))/members", member).body
        }
        client.console.show(created: answer, as: "member")
    }
}
