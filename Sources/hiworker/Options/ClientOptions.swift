import ArgumentParser
import Foundation

/// How a command reaches a running server, and how it answers.
struct ClientOptions: ParsableArguments {
    @Option(
        name: .customLong("url"),
        help: ArgumentHelp("The server. (HIWORKER_URL; default: http://127.0.0.1:8080)", valueName: "url")
    )
    var url: String?

    @Option(
        name: .customLong("api-key"),
        help: ArgumentHelp(
            "The API key to present. Others on this machine can see it here; the variable is safer. (HIWORKER_API_KEY)",
            valueName: "key"
        )
    )
    var apiKey: String?

    @Option(
        name: .customLong("api-key-file"),
        help: ArgumentHelp("File that holds the API key. (HIWORKER_API_KEY_FILE)", valueName: "file"),
        completion: .file()
    )
    var apiKeyFile: String?

    @Option(
        name: .customLong("ca-file"),
        help: ArgumentHelp(
            "PEM file with certificates to trust besides the system's. (HIWORKER_CA_FILE)",
            valueName: "file"
        ),
        completion: .file()
    )
    var caFile: String?

    @Flag(name: .customLong("json"), help: "Answer with the server's JSON, errors too.")
    var json = false

    var console: Console { Console(json: json) }

    /// Connects for the duration of a command.
    ///
    /// Throws ``CommandFailure`` when no usable URL or no API key is given, and whatever `body` throws.
    func withClient<Result>(_ body: (APIClient) async throws -> Result) async throws -> Result {
        let settings = try ClientSettings(self, environment: ProcessInfo.processInfo.environment)
        do {
            return try await APIClient.with(settings, body)
        } catch let failure as CommandFailure where !json {
            throw CommandFailure(failure.status, failure.message)
        }
    }
}
