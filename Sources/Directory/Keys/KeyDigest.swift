import Crypto

/// The SHA-256 of a key's secret: all that is stored of it.
public struct KeyDigest: Sendable {
    /// The 32 bytes in memory order.
    private let words: (UInt64, UInt64, UInt64, UInt64)

    /// 32 bytes.
    static let byteCount = 32

    /// The digest of a whole secret, prefix and checksum included.
    public init(of secret: UnsafeRawBufferPointer) {
        var hash = SHA256()
        hash.update(bufferPointer: secret)
        words = hash.finalize().withUnsafeBytes { $0.loadUnaligned(as: (UInt64, UInt64, UInt64, UInt64).self) }
    }

    /// A digest as it is stored; nil when it has not 32 bytes.
    public init?(stored bytes: UnsafeRawBufferPointer) {
        guard bytes.count == Self.byteCount else { return nil }
        words = bytes.loadUnaligned(as: (UInt64, UInt64, UInt64, UInt64).self)
    }

    /// The 32 bytes.
    public var bytes: [UInt8] { withUnsafeBytes(of: words) { Array($0) } }

    /// A digest is as random as a hash gets.
    var randomBits: UInt64 { words.0 }
}

extension KeyDigest: Hashable {
    /// Takes the same time wherever two digests differ, so that no clock tells how much of a guess was right.
    public static func == (left: KeyDigest, right: KeyDigest) -> Bool {
        let difference =
            (left.words.0 ^ right.words.0) | (left.words.1 ^ right.words.1)
            | (left.words.2 ^ right.words.2) | (left.words.3 ^ right.words.3)
        return difference == 0
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(words.0)
    }
}
