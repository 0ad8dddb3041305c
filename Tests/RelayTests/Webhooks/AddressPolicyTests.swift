import NIOCore
import Testing

@testable import Relay

@Suite
struct `Addresses that webhooks may be called at` {
    static let open = [
        "1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255",
        "128.0.0.0", "169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0", "192.0.1.0", "192.88.98.255",
        "192.167.255.255", "192.169.0.0", "198.17.255.255", "198.20.0.0", "203.0.112.255", "223.255.255.255",
        "2001:200::1", "2400::", "2606:4700:4700::1111", "2a00:1450::1", "3ffe::1", "::ffff:8.8.8.8",
    ]

    static let closed = [
        // This host and this network.
        "0.0.0.0", "0.255.255.255", "127.0.0.1", "127.255.255.255",
        // Private networks, carriers' shared space, link-local (where clouds keep their credentials).
        "10.0.0.0", "10.255.255.255", "172.16.0.0", "172.31.255.255", "192.168.0.0", "192.168.255.255", "100.64.0.0",
        "100.127.255.255", "169.254.0.0", "169.254.169.254", "169.254.255.255",
        // Protocols, documentation, benchmarks, the former 6to4 relays.
        "192.0.0.0", "192.0.0.255", "192.0.2.1", "192.88.99.1", "198.18.0.0", "198.19.255.255", "198.51.100.1",
        "203.0.113.0",
        // Multicast, reserved, broadcast.
        "224.0.0.0", "239.255.255.255", "240.0.0.0", "255.255.255.255",
        // The same in IPv6.
        "::", "::1", "fc00::1", "fdff::1", "fe80::1", "fec0::1", "ff02::1", "100::1", "4000::1", "8000::1",
        // Documentation, ORCHID.
        "2001:db8::1", "2001:db8:ffff::", "3fff::1", "3fff:fff::1", "2001:20::1",
        // IPv4 addresses inside: mapped, compatible, NAT64, its local prefix, 6to4, Teredo, ISATAP's link-local.
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::8.8.8.8", "64:ff9b::8.8.8.8",
        "64:ff9b:1::10.0.0.1", "2002:7f00:1::1", "2002:0808:0808::1", "2001:0:1::1", "fe80::5efe:10.0.0.1",
    ]

    @Test(arguments: open)
    func `are the public ones`(address: String) throws {
        #expect(AddressPolicy().allows(try #require(CIDR.addressBytes(address))))
        #expect(AddressPolicy().allows(try SocketAddress(ipAddress: address, port: 80)))
    }

    @Test(arguments: closed)
    func `are no others`(address: String) throws {
        #expect(!AddressPolicy().allows(try #require(CIDR.addressBytes(address))))
        #expect(!AddressPolicy().allows(try SocketAddress(ipAddress: address, port: 80)))
    }

    static let allowList = ["127.0.0.1", "10.1.0.0/16", "fd00::/8"]

    @Test(arguments: ["127.0.0.1", "10.1.0.0", "10.1.255.255", "fd12::1", "::ffff:10.1.2.3", "8.8.8.8", "2400::1"])
    func `are those of the operator's networks too`(address: String) throws {
        let policy = AddressPolicy(allowed: try Self.allowList.map(CIDR.init(parsing:)))
        #expect(policy.allows(try #require(CIDR.addressBytes(address))))
    }

    @Test(arguments: [
        "127.0.0.2", "10.0.255.255", "10.2.0.0", "fc00::1", "::1", "::ffff:10.2.0.0", "64:ff9b::10.1.0.1",
    ])
    func `are not the operator's networks' neighbours`(address: String) throws {
        let policy = AddressPolicy(allowed: try Self.allowList.map(CIDR.init(parsing:)))
        #expect(!policy.allows(try #require(CIDR.addressBytes(address))))
    }

    @Test
    func `are IP addresses`() throws {
        let everything = AddressPolicy(allowed: [try CIDR(parsing: "0.0.0.0/0"), try CIDR(parsing: "::/0")])
        #expect(!everything.allows(try SocketAddress(unixDomainSocketPath: "/run/socket")))
        #expect(!everything.allows([127, 0, 0]))
        #expect(everything.allows([127, 0, 0, 1]))
    }
}
