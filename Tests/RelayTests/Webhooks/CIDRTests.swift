import Testing

@testable import Relay

@Suite struct `IP networks` {
    @Test(arguments: [
        ("10.0.0.0/8", "10.0.0.0/8"), ("0.0.0.0/0", "0.0.0.0/0"), ("192.168.1.5", "192.168.1.5/32"),
        ("192.168.1.4/30", "192.168.1.4/30"), ("fd00::/8", "fd00::/8"), ("::1", "::1/128"),
        ("FD00:0:0::/8", "fd00::/8"),
    ])
    func `are read and written`(_ text: String, _ description: String) throws {
        #expect(try CIDR(parsing: text).description == description)
    }

    @Test(arguments: [
        "", "/", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/+8", "10.0.0.0/8/8", "10.0.0/8", "fd00::/129",
        "fd00::%eth0/8",
        "example.com/8", "10.0.0.0/8 ", "10.0.0.0/ 8", "010.0.0.0x/8",
    ])
    func `are refused when malformed`(_ text: String) {
        #expect(throws: CIDR.ParsingError.self) { try CIDR(parsing: text) }
    }

    @Test(arguments: [
        ("10.0.0.1/8", "10.0.0.0/8"), ("fd00::1/64", "fd00::/64"), ("192.168.1.129/25", "192.168.1.128/25"),
    ])
    func `with bits after the prefix are refused, saying what was meant`(_ text: String, _ meant: String) throws {
        let error = try #require(throws: CIDR.ParsingError.self) { try CIDR(parsing: text) }
        #expect(error.message.hasSuffix("write \(meant)"))
    }

    @Test(arguments: [
        ("10.0.0.0/8", "10.255.255.255", true), ("10.0.0.0/8", "11.0.0.0", false),
        ("192.168.1.4/30", "192.168.1.7", true), ("192.168.1.4/30", "192.168.1.8", false),
        ("0.0.0.0/0", "8.8.8.8", true), ("0.0.0.0/0", "2001:db8::1", false),
        ("10.0.0.0/8", "::ffff:10.1.2.3", true), ("::/0", "::ffff:10.1.2.3", false), ("::/0", "2001:db8::1", true),
        ("fd00::/8", "fdff::1", true), ("fd00::/8", "fe80::1", false), ("127.0.0.1", "127.0.0.1", true),
        ("127.0.0.1", "127.0.0.2", false), ("10.0.0.0/8", "no address", false),
    ])
    func `contain their addresses`(_ network: String, _ address: String, _ isInside: Bool) throws {
        #expect(try CIDR(parsing: network).contains(address) == isInside)
    }
}
