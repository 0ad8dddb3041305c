import ArgumentParser
import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import NIOSSL
import Server

/// `hiworker health`
struct Health: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Ask the server on this machine whether it is ready; for the health check of a container.",
        discussion: """
            Asks /readyz where HIWORKER_HOST, HIWORKER_PORT and the TLS settings say that the server listens. The exit status \
            is 0 when it is ready and 1 when it is not.
            """
    )

    private static let timeout = TimeAmount.seconds(3)

    @OptionGroup(title: "Listener") var address: AddressOptions
    @OptionGroup(title: "Listener") var tls: TLSOptions

    func run() async throws {
        let configuration = try ServerConfiguration(reading: .settings(flags: .flags(of: [address.flags, tls.flags])))
        let url = Self.url(configuration)
        var tls = TLSConfiguration.makeClientConfiguration()
        // It speaks to itself over loopback, where its certificate's name is nobody's.
        tls.certificateVerification = .none
        let http = HTTPClient(
            eventLoopGroupProvider: .singleton,
            configuration: .init(tlsConfiguration: tls, redirectConfiguration: .disallow)
        )
        let outcome: Result<(status: UInt, body: String), any Error>
        do {
            let response = try await http.execute(HTTPClientRequest(url: url), timeout: Self.timeout)
            let body = try await response.body.collect(upTo: 64 * 1024)
            outcome = .success((response.status.code, String(buffer: body)))
        } catch {
            outcome = .failure(error)
        }
        try? await http.shutdown()
        switch outcome {
        case .success((200, let body)):
            StandardStream.output.write(TerminalText.safe(body) + "\n")
        case .success((let status, let body)):
            throw CommandFailure(.refused, "\(url) answered \(status): \(TerminalText.safe(body))")
        case .failure(let error):
            throw CommandFailure(.refused, CommandFailure(unreachable: url, error).message)
        }
    }

    /// The address of `/readyz` as seen from this machine: who listens everywhere also listens on loopback.
    static func url(_ configuration: ServerConfiguration) -> String {
        let host =
            switch configuration.host {
            case "0.0.0.0": "127.0.0.1"
            case "::": "[::1]"
            case let host where host.contains(":"): "[\(host)]"
            case let host: host
            }
        return "\(configuration.tls == nil ? "http" : "https")://\(host):\(configuration.port)/readyz"
    }
}
