import NIOCore

/// Which addresses webhooks may be called at: public ones, and the private networks that the operator named.
///
/// A bot's URL is chosen by whoever registers it, so without this the relay would be a way into the network that it runs
/// in (OWASP, Server-Side Request Forgery). The address that is dialled is what is checked, never the name.
public struct AddressPolicy: Sendable {
    private let allowed: [CIDR]

    /// - Parameter allowed: `HIWORKER_WEBHOOK_ALLOW`: networks that may be reached although they are not public.
    public init(allowed: [CIDR] = []) {
        self.allowed = allowed
    }

    /// Whether an address in network order, 4 or 16 bytes, may be dialled.
    func allows(_ address: [UInt8]) -> Bool {
        if allowed.contains(where: { $0.contains(address) }) { return true }
        let plain = CIDR.withoutMapping(address)
        switch plain.count {
        case 4: return !Self.reservedIPv4.contains { $0.contains(plain) }
        case 16: return Self.globalIPv6.contains(plain) && !Self.reservedIPv6.contains { $0.contains(plain) }
        default: return false
        }
    }

    func allows(_ address: SocketAddress) -> Bool {
        guard let text = address.ipAddress, let bytes = CIDR.addressBytes(text) else { return false }
        return allows(bytes)
    }

    /// IANA IPv4 Special-Purpose Address Registry (RFC 6890), multicast, and what was never assigned.
    private static let reservedIPv4 = networks([
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
        "224.0.0.0/4", "240.0.0.0/4",
    ])

    /// The only block from which global unicast addresses are assigned.
    private static let globalIPv6 = networks(["2000::/3"])[0]

    /// Within it what is not global, or carries an IPv4 address inside: Teredo, ORCHID, documentation, 6to4.
    private static let reservedIPv6 = networks([
        "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
    ])

    private static func networks(_ texts: [String]) -> [CIDR] {
        texts.map { text in
            guard let network = try? CIDR(parsing: text) else { preconditionFailure("\(text) is no network.") }
            return network
        }
    }
}

/// Every address of a name is in a network that webhooks may not reach.
struct AddressNotAllowed: Error {}
