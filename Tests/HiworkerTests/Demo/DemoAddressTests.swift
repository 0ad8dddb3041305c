import Server
import Testing

@testable import hiworker

@Suite struct `Addresses of a server on this machine` {
    @Test(arguments: [
        ("127.0.0.1", "http://127.0.0.1:80"), ("0.0.0.0", "http://127.0.0.1:80"), ("::", "http://[::1]:80"),
        ("::1", "http://[::1]:80"), ("localhost", "http://localhost:80"),
    ])
    func `are those that it listens on`(_ host: String, _ url: String) {
        #expect(DemoService.url(host: host, port: 80) == url)
        var configuration = ServerConfiguration()
        configuration.host = host
        configuration.port = 80
        #expect(Health.url(configuration) == "\(url)/readyz")
    }

    @Test func `are https with a certificate`() {
        var configuration = ServerConfiguration()
        configuration.tls = .init(certificate: "c", key: "k")
        #expect(Health.url(configuration) == "https://127.0.0.1:8080/readyz")
    }
}
