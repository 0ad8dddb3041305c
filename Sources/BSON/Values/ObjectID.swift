/// The twelve bytes that MongoDB puts into `_id` when nobody else does.
public struct ObjectID: Sendable, Hashable, CustomStringConvertible {
    /// Bytes 0 to 7 and 8 to 11, big-endian.
    private let high: UInt64
    private let low: UInt32

    /// Takes the bytes as they are; nil unless there are exactly twelve.
    public init?(_ bytes: some Collection<UInt8>) {
        guard bytes.count == 12 else { return nil }
        high = bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
        low = bytes.dropFirst(8).reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// Reads 24 hexadecimal digits, upper or lower case; nil for anything else.
    public init?(hex: String) {
        let digits = hex.utf8.compactMap(hexadecimalValue)
        guard digits.count == 24, hex.utf8.count == 24 else { return nil }
        high = digits.prefix(16).reduce(0) { $0 << 4 | UInt64($1) }
        low = digits.dropFirst(16).reduce(0) { $0 << 4 | UInt32($1) }
    }

    /// The caller has checked that twelve bytes stand at `offset`.
    init(unchecked bytes: UnsafeRawBufferPointer, at offset: Int) {
        high = UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
        low = UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: offset + 8, as: UInt32.self))
    }

    /// The twelve bytes.
    public var bytes: [UInt8] {
        withUnsafeBytes(of: high.bigEndian) { Array($0) } + withUnsafeBytes(of: low.bigEndian) { Array($0) }
    }

    /// 24 lower-case hexadecimal digits.
    public var description: String {
        bytes.map(hexadecimal).joined()
    }
}
