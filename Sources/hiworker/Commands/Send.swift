import ArgumentParser
import BSON
import Foundation

/// `hiworker send`
struct Send: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Send a message as a member and print the bot's reply.",
        usage: """
            hiworker send "/예약 회의실 10:00~11:00"
            hiworker send --wait 300 "/보고서 만들기"
            """,
        discussion: """
            Needs a member's key. The exit status is 0 with a reply, 2 when the message failed (no such command, the bot is \
            offline or in error), 3 when there is no reply yet.
            """
    )

    /// The most that the server waits in one call.
    private static let longestCall = 30.0
    /// Between two looks for a late reply.
    private static let pollPause = Duration.seconds(1)

    @Argument(help: "The text as typed in a messenger. Quote it for the shell.") var text: String
    @Option(help: ArgumentHelp("Only this bot, by name or id.", valueName: "bot")) var bot: String?
    @Option(
        help: ArgumentHelp(
            "How long to wait for the reply, from 0 to 900; fractions are allowed.",
            valueName: "seconds"
        )
    )
    var wait = 30.0
    @OptionGroup var client: ClientOptions

    func validate() throws {
        guard (0...900).contains(wait) else { throw ValidationError("--wait is \(wait); it must be from 0 to 900.") }
    }

    func run() async throws {
        let message = try await client.withClient { try await send($0) }
        if client.json {
            client.console.show(message)
        } else if let reply = message["reply"]?.object?["text"]?.string {
            client.console.say(reply)
        }
        guard message["status"]?.string == "running" else { return }
        let id = message["id"]?.string ?? ""
        throw CommandFailure(
            .noReplyYet,
            "No reply within \(wait.formatted()) seconds; the bot is still working. GET /v1/messages/\(id) has the reply "
                + "when it comes."
        )
    }

    /// The message with its reply, or running when `wait` is over. Throws when it failed.
    private func send(_ client: APIClient) async throws -> JSON.Object {
        let deadline = ContinuousClock.now + .seconds(wait)
        var body: JSON.Object = ["text": .string(text), "wait_seconds": .number(min(wait, Self.longestCall))]
        body["bot"] = bot.map { .string($0) }
        var message = try await client.post("/v1/messages", body).body
        while message["status"]?.string == "running", .now + Self.pollPause < deadline, let id = message["id"]?.string {
            try await Task.sleep(for: Self.pollPause)
            message = try await client.get("/v1/messages/\(APIClient.escaped(id))")
        }
        if message["status"]?.string == "failed" {
            throw CommandFailure(failed: message)
        }
        return message
    }
}
