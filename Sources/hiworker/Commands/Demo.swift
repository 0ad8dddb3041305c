import API
import ArgumentParser
import Directory
import Foundation
import Logging
import NIOCore
import Relay
import Server

/// `hiworker demo`
struct Demo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Try hiworker: a server with a company, a member and the meeting-room bot.",
        discussion: """
            Registers example.com with one member, starts the bot from python/examples as a child process, and prints a curl \
            command that books a room. What it made is found again by the next demo on the same data. Everything that \
            ‘hiworker serve’ accepts is accepted, but for TLS and roles.
            """
    )

    @OptionGroup(title: "Listener") var address: AddressOptions
    @OptionGroup(title: "Storage") var storage: StorageOptions
    @OptionGroup(title: "Relaying") var relaying: RelayingOptions
    @OptionGroup(title: "Running") var running: RunningOptions

    func run() async throws {
        var configuration = try settings()
        let checkout = try Checkout()
        let directory = DataDirectory(configuration.dataDirectory)
        let adminKey = try Self.adminKey(configuration, in: directory)
        configuration.adminKey = adminKey

        StandardErrorLogHandler.bootstrap(configuration)
        let logger = Logger(label: "hiworker")
        let (listening, started) = AsyncStream<SocketAddress>.makeStream(bufferingPolicy: .bufferingNewest(1))
        let server = HiworkerServer(configuration: configuration, logger: logger) { address in
            started.yield(address)
            started.finish()
        }
        let demo = DemoService(
            bot: MeetingRoomsBot(checkout, directory: directory, logger: logger),
            configuration: configuration,
            adminKey: adminKey.text,
            listening: listening
        )
        // The server stops first, while the bot still answers what is in hand.
        try await Running.untilSignal([demo, server], configuration: configuration, logger: logger)
    }

    private func settings() throws -> ServerConfiguration {
        var flags: [String: String] = .flags(of: [address.flags, storage.flags, relaying.flags, running.flags])
        // Its own words are to be read; HIWORKER_LOG_LEVEL=info brings the rest.
        if flags[Setting.logLevel.flag] == nil, Self.isUnset(Setting.logLevel.variable) {
            flags[Setting.logLevel.flag] = "warning"
        }
        let configuration = try ServerConfiguration(reading: .settings(flags: flags))
        guard configuration.tls == nil, configuration.role == .all else {
            throw CommandFailure(
                .wrongConfiguration,
                "The demo speaks plain HTTP and has both roles; unset the TLS settings and HIWORKER_ROLE, or use "
                    + "‘hiworker serve’."
            )
        }
        return configuration
    }

    private static func isUnset(_ variable: String) -> Bool {
        ProcessInfo.processInfo.environment[variable]?.isEmpty ?? true
    }

    /// The configured one, else the one of an earlier start, else a new one, kept for the next.
    private static func adminKey(
        _ configuration: ServerConfiguration,
        in directory: DataDirectory
    ) throws -> APIKeySecret {
        let file = AdminKeyFile(in: directory)
        if let key = configuration.adminKey ?? file.secret { return key }
        let key = APIKeySecret.random(.admin)
        try file.write(key)
        return key
    }
}
