import API
import Relay
import Testing

@testable import Server

@Suite struct `Warnings about a configuration` {
    @Test(arguments: [
        ("127.0.0.1", true), ("127.1.2.3", true), ("::1", true), ("localhost", true), ("LOCALHOST", true),
        ("0.0.0.0", false), ("::", false), ("10.0.0.1", false), ("chat.example.com", false), ("::2", false),
    ])
    func `plain HTTP beyond loopback is warned of`(_ host: String, _ isLoopback: Bool) {
        var configuration = ServerConfiguration()
        configuration.host = host
        #expect(configuration.isLoopback == isLoopback)
        #expect(configuration.warnings.contains { $0.hasPrefix("HIWORKER_HOST is \(host) without TLS") } == !isLoopback)
        configuration.tls = .init(certificate: "c", key: "k")
        #expect(configuration.warnings.isEmpty)
    }

    @Test(arguments: ["0.0.0.0/0", "::/0"])
    func `webhooks that may reach every network are warned of`(_ network: String) throws {
        var configuration = ServerConfiguration()
        configuration.webhookAllow = [try CIDR(parsing: network)]
        #expect(configuration.warnings.contains { $0.hasPrefix("HIWORKER_WEBHOOK_ALLOW holds \(network)") })
        configuration.webhookAllow = [try CIDR(parsing: "10.0.0.0/8")]
        #expect(configuration.warnings.isEmpty)
    }

    @Test func `half a server on a private mongod is warned of`() {
        var configuration = ServerConfiguration()
        configuration.role = .relay
        #expect(configuration.warnings.contains { $0.hasPrefix("HIWORKER_ROLE is relay") })
        configuration.mongodbURI = "mongodb://db"
        #expect(configuration.warnings.isEmpty)
    }
}
