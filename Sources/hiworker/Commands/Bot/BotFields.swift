import ArgumentParser
import BSON
import Foundation

/// What `bot create` and `bot update` may say about a bot.
struct BotFields: ParsableArguments {
    @Option(help: "What it does, in a sentence.") var description: String?

    @Option(
        help: ArgumentHelp("The commands that it answers: a file with the JSON list of them.", valueName: "file"),
        completion: .file(extensions: ["json"])
    )
    var commands: String?

    @Option(help: ArgumentHelp("Reach it by calling this address.", valueName: "url")) var webhook: String?
    @Flag(help: "Reach it over the socket that it dials. The default.") var socket = false
    @Option(help: .metadata) var metadata: JSONObjectArgument?

    func validate() throws {
        if socket, webhook != nil { throw ValidationError("A bot has --webhook or --socket, not both.") }
    }

    /// The fields that were given.
    func json() throws(CommandFailure) -> JSON.Object {
        var fields: JSON.Object = [:]
        fields["description"] = description.map { $0.isEmpty ? .null : .string($0) }
        if let commands { fields["commands"] = try Self.list(in: commands) }
        if let webhook { fields["delivery"] = ["type": "webhook", "url": .string(webhook)] }
        if socket { fields["delivery"] = ["type": "socket"] }
        fields["metadata"] = metadata.map { .object($0.object) }
        return fields
    }

    private static func list(in path: String) throws(CommandFailure) -> JSON {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw CommandFailure(.wrongUsage, "--commands is ‘\(path)’, which cannot be read.")
        }
        do {
            let json = try JSON(parsing: [UInt8](data))
            guard json.array != nil else {
                throw CommandFailure(.wrongUsage, "\(path) must hold a JSON list of commands.")
            }
            return json
        } catch let failure as CommandFailure {
            throw failure
        } catch {
            throw CommandFailure(.wrongUsage, "\(path) is no JSON: \(error)")
        }
    }
}
