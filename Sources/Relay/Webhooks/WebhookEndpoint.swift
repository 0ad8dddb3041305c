import Foundation
import NIOCore

/// Where a webhook is called, taken apart once: the connection to make and the parts of the request that never change.
final class WebhookEndpoint: Sendable {
    /// Calls to the same server share connections.
    struct Server: Hashable, Sendable {
        let host: String
        let port: Int
        let isTLS: Bool
    }

    let server: Server
    /// The request's head up to and with the name of `webhook-id`.
    let headPrefix: ByteBuffer

    /// Nil for what is no absolute http or https URL.
    init?(url: String) {
        guard let parts = URLComponents(string: url), let scheme = parts.scheme?.lowercased(),
            scheme == "http" || scheme == "https", let host = parts.encodedHost, !host.isEmpty
        else { return nil }
        let isTLS = scheme == "https"
        let defaultPort = isTLS ? 443 : 80
        let port = parts.port ?? defaultPort
        guard (1...65535).contains(port) else { return nil }
        let isIPv6 = host.contains(":")
        let literal = isIPv6 ? host.trimmingCharacters(in: ["[", "]"]) : host
        server = Server(host: literal, port: port, isTLS: isTLS)
        let path = parts.percentEncodedPath.isEmpty ? "/" : parts.percentEncodedPath
        let target = path + (parts.percentEncodedQuery.map { "?" + $0 } ?? "")
        let authority = (isIPv6 ? "[\(literal)]" : literal) + (port == defaultPort ? "" : ":\(port)")
        headPrefix = ByteBuffer(
            string: """
                POST \(target) HTTP/1.1\r\n\
                host: \(authority)\r\n\
                user-agent: hiworker\r\n\
                accept: text/plain, application/json\r\n\
                content-type: application/json\r\n\
                webhook-id: 
                """
        )
    }

    /// The name in the certificate; nil for a literal address, which has none.
    var tlsName: String? {
        CIDR.addressBytes(server.host) == nil ? server.host : nil
    }
}
