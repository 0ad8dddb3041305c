import ArgumentParser
import Configuration
import Logging
import Server
import ServiceLifecycle

/// `hiworker serve`
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run the server: key server and relay, in one process or apart.",
        usage: """
            hiworker serve
            hiworker serve --host 0.0.0.0 --tls-certificate chain.pem --tls-key key.pem --mongodb-uri mongodb://a,b,c/?replicaSet=rs0
            """,
        discussion: """
            Every flag has an environment variable, named in brackets; the flag wins, and an empty variable counts as unset. \
            With no MongoDB named, a private mongod is started, which keeps its data in the data directory and stops with \
            the server. The first admin key is written to admin.key there.

            SIGTERM and Ctrl-C stop the server in order: messages in hand are finished first.
            """
    )

    @OptionGroup var options: ServerOptions

    func run() async throws {
        let configuration = try ServerConfiguration(reading: .settings(flags: options.flags))
        StandardErrorLogHandler.bootstrap(configuration)
        let logger = Logger(label: "hiworker")
        let server = HiworkerServer(configuration: configuration, logger: logger)
        try await Running.untilSignal([server], configuration: configuration, logger: logger)
    }
}
