import API
import Relay

extension ServerConfiguration {
    /// What an operator should know about a configuration that is valid and yet doubtful: one sentence each, to be logged
    /// when the server starts.
    public var warnings: [String] {
        var warnings: [String] = []
        if tls == nil, !isLoopback {
            warnings.append(
                "HIWORKER_HOST is \(host) without TLS: keys and messages travel in the clear. Set "
                    + "HIWORKER_TLS_CERTIFICATE and HIWORKER_TLS_KEY, or put a proxy that speaks TLS in front."
            )
        }
        for network in webhookAllow where network.isEverything {
            warnings.append(
                "HIWORKER_WEBHOOK_ALLOW holds \(network): whoever may register a bot can make this server call any "
                    + "address of its private networks. Name the networks that your bots are in."
            )
        }
        if mongodbURI == nil, role != .all {
            warnings.append(
                "HIWORKER_ROLE is \(role.rawValue) with a private mongod: no second process can share its directory. "
                    + "Set HIWORKER_MONGODB_URI to the replica set that both roles use."
            )
        }
        return warnings
    }

    /// Whether the listener can be reached from this machine alone. Of names, only `localhost` is known to be so.
    public var isLoopback: Bool {
        if host.lowercased() == "localhost" { return true }
        guard let address = CIDR.addressBytes(host) else { return false }
        return address.count == 4 ? address[0] == 127 : address == [UInt8](repeating: 0, count: 15) + [1]
    }
}
