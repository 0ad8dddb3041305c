import Foundation
import NIOCore
import Testing

@testable import Relay

@Suite
struct `Where a webhook is called` {
    struct Form: Sendable, CustomTestStringConvertible {
        let url: String
        let host: String
        let port: Int
        let isTLS: Bool
        let target: String
        let authority: String

        var testDescription: String { url }
    }

    static let forms = [
        Form(
            url: "http://bot.example.com",
            host: "bot.example.com",
            port: 80,
            isTLS: false,
            target: "/",
            authority: "bot.example.com"
        ),
        Form(
            url: "https://bot.example.com/",
            host: "bot.example.com",
            port: 443,
            isTLS: true,
            target: "/",
            authority: "bot.example.com"
        ),
        Form(
            url: "HTTPS://bot.example.com/a/b",
            host: "bot.example.com",
            port: 443,
            isTLS: true,
            target: "/a/b",
            authority: "bot.example.com"
        ),
        Form(
            url: "http://bot.example.com:80/a",
            host: "bot.example.com",
            port: 80,
            isTLS: false,
            target: "/a",
            authority: "bot.example.com"
        ),
        Form(
            url: "http://bot.example.com:443/",
            host: "bot.example.com",
            port: 443,
            isTLS: false,
            target: "/",
            authority: "bot.example.com:443"
        ),
        Form(
            url: "https://bot.example.com:8443/",
            host: "bot.example.com",
            port: 8443,
            isTLS: true,
            target: "/",
            authority: "bot.example.com:8443"
        ),
        Form(
            url: "http://127.0.0.1:5000/messages",
            host: "127.0.0.1",
            port: 5000,
            isTLS: false,
            target: "/messages",
            authority: "127.0.0.1:5000"
        ),
        Form(
            url: "http://[::1]:5000/messages",
            host: "::1",
            port: 5000,
            isTLS: false,
            target: "/messages",
            authority: "[::1]:5000"
        ),
        Form(
            url: "https://[2606:4700::1111]",
            host: "2606:4700::1111",
            port: 443,
            isTLS: true,
            target: "/",
            authority: "[2606:4700::1111]"
        ),
        Form(url: "http://h/a?b=c&d=%2F", host: "h", port: 80, isTLS: false, target: "/a?b=c&d=%2F", authority: "h"),
        Form(url: "http://h?b", host: "h", port: 80, isTLS: false, target: "/?b", authority: "h"),
        Form(url: "http://h/a#fragment", host: "h", port: 80, isTLS: false, target: "/a", authority: "h"),
        Form(
            url: "http://h/%EC%98%88%0D%0Ax:y",
            host: "h",
            port: 80,
            isTLS: false,
            target: "/%EC%98%88%0D%0Ax:y",
            authority: "h"
        ),
        Form(url: "http://h/\r\nx: y", host: "h", port: 80, isTLS: false, target: "/%0D%0Ax:%20y", authority: "h"),
        Form(url: "http://h/예약", host: "h", port: 80, isTLS: false, target: "/%EC%98%88%EC%95%BD", authority: "h"),
    ]

    @Test(arguments: forms)
    func `is taken from its URL`(form: Form) throws {
        let endpoint = try #require(WebhookEndpoint(url: form.url))
        #expect(endpoint.server == .init(host: form.host, port: form.port, isTLS: form.isTLS))
        let lines = String(buffer: endpoint.headPrefix).components(separatedBy: "\r\n")
        #expect(lines.first == "POST \(form.target) HTTP/1.1")
        #expect(lines.filter { $0.hasPrefix("host:") } == ["host: \(form.authority)"])
        #expect(lines.last == "webhook-id: ")
    }

    @Test(arguments: [
        "", "bot.example.com", "/messages", "//bot.example.com/", "ftp://bot.example.com/", "file:///messages",
        "http:", "http://", "http:///messages", "https://:443/", "http://h:0/", "http://h:65536/", "http://h:port/",
        "http://a b/", "http://h\r\nx:y/", "javascript:alert(1)",
    ])
    func `is nowhere when the URL is none`(url: String) {
        #expect(WebhookEndpoint(url: url) == nil)
    }

    @Test(arguments: [
        ("https://bot.example.com/", "bot.example.com"), ("https://10.0.0.1/", nil), ("https://[::1]:8443/", nil),
    ])
    func `has a name in its certificate unless it is an address`(url: String, name: String?) throws {
        #expect(try #require(WebhookEndpoint(url: url)).tlsName == name)
    }
}
