#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A range of IP addresses: a network and the length of its prefix (RFC 4632, RFC 4291).
public struct CIDR: Sendable, Hashable, CustomStringConvertible {
    /// The network's address in network order, 4 or 16 bytes; every bit after the prefix is zero.
    public let network: [UInt8]
    /// 0 to 32 for IPv4, 0 to 128 for IPv6.
    public let prefixLength: Int

    /// Reads `10.0.0.0/8` or `fd00::/8`; an address without a prefix is the range of that one address.
    ///
    /// Throws ``ParsingError`` for anything else, also for a network with bits set after its prefix (`10.0.0.1/8`), which
    /// is a slip more often than not.
    public init(parsing text: String) throws(ParsingError) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let address = Self.addressBytes(String(parts[0])) else {
            throw ParsingError(message: "‘\(text)’ is not an IP network such as 10.0.0.0/8 or fd00::/8")
        }
        let width = address.count * 8
        var length = width
        if parts.count == 2 {
            guard parts[1].utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }),
                let parsed = Int(parts[1]), parsed <= width
            else {
                throw ParsingError(message: "the prefix of ‘\(text)’ must be a number from 0 to \(width)")
            }
            length = parsed
        }
        network = Self.masked(address, to: length)
        prefixLength = length
        guard network == address else {
            throw ParsingError(message: "‘\(text)’ has bits set after its prefix; write \(self)")
        }
    }

    /// Whether the address lies in the range: 4 or 16 bytes in network order. An IPv4 address that is written as an IPv6
    /// one (`::ffff:10.0.0.1`) counts as IPv4, so that it cannot slip past a range of either family.
    public func contains(_ address: [UInt8]) -> Bool {
        let plain = Self.withoutMapping(address)
        return plain.count == network.count && Self.masked(plain, to: prefixLength) == network
    }

    /// Whether the numeric address lies in the range; false for what is no IP address.
    public func contains(_ address: String) -> Bool {
        Self.addressBytes(address).map(contains) ?? false
    }

    /// Whether it is `0.0.0.0/0` or `::/0`, every address of its family.
    public var isEverything: Bool { prefixLength == 0 }

    public var description: String {
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        let family = network.count == 4 ? AF_INET : AF_INET6
        guard inet_ntop(family, network, &text, socklen_t(text.count)) != nil else { return "?/\(prefixLength)" }
        let bytes = text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        return "\(String(decoding: bytes, as: UTF8.self))/\(prefixLength)"
    }

    /// Why a text is no range.
    public struct ParsingError: Error, Sendable, Equatable {
        /// The rest of a sentence, without a full stop.
        public let message: String
    }

    /// The bytes of a numeric address in network order; nil when it is none.
    package static func addressBytes(_ text: String) -> [UInt8]? {
        var four = [UInt8](repeating: 0, count: 4)
        if inet_pton(AF_INET, text, &four) == 1 { return four }
        var sixteen = [UInt8](repeating: 0, count: 16)
        if inet_pton(AF_INET6, text, &sixteen) == 1 { return sixteen }
        return nil
    }

    /// An IPv4 address that is written as an IPv6 one as IPv4, any other as it is.
    static func withoutMapping(_ address: [UInt8]) -> [UInt8] {
        let prefix: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff]
        return address.count == 16 && address.starts(with: prefix) ? Array(address.suffix(4)) : address
    }

    private static func masked(_ address: [UInt8], to length: Int) -> [UInt8] {
        address.enumerated()
            .map { index, byte in
                let kept = min(max(length - index * 8, 0), 8)
                return byte & UInt8(truncatingIfNeeded: 0xff00 >> kept)
            }
    }
}
