/// The id of a message: when it was taken, by which node and event loop, and its number there.
///
/// As text `msg_` and 26 characters of Crockford's Base32 in lower case, so that ids sort by time. It holds no `.`, as
/// Standard Webhooks asks of an id that is signed.
///
/// ```
/// bits  48 milliseconds since 1970 │ 32 node │ 8 event loop │ 40 number
/// ```
public struct MessageID: Sendable, Hashable, Comparable {
    private let high: UInt64
    private let low: UInt64

    init(milliseconds: Int64, node: UInt32, loop: UInt8, number: UInt64) {
        high = UInt64(truncatingIfNeeded: milliseconds) << 16 | UInt64(node >> 16)
        low = UInt64(node & 0xFFFF) << 48 | UInt64(loop) << 40 | number & 0xFF_FFFF_FFFF
    }

    /// The process that took the message, by a number that it drew when it started.
    var node: UInt32 { UInt32(truncatingIfNeeded: high & 0xFFFF) << 16 | UInt32(truncatingIfNeeded: low >> 48) }

    /// The event loop of that process.
    var loop: Int { Int(low >> 40 & 0xFF) }

    public static func < (left: MessageID, right: MessageID) -> Bool {
        (left.high, left.low) < (right.high, right.low)
    }
}

extension MessageID: CustomStringConvertible {
    private static let prefix = "msg_"
    private static let digits = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)
    private static let digitCount = 26

    /// Reads the text of an id; nil for anything else.
    public init?(_ text: String) {
        guard text.hasPrefix(Self.prefix) else { return nil }
        let digits = text.utf8.dropFirst(Self.prefix.utf8.count)
        guard digits.count == Self.digitCount, let first = digits.first, first <= UInt8(ascii: "7") else { return nil }
        var high: UInt64 = 0
        var low: UInt64 = 0
        for digit in digits {
            guard let value = Self.digits.firstIndex(of: digit) else { return nil }
            high = high << 5 | low >> 59
            low = low << 5 | UInt64(value)
        }
        self.high = high
        self.low = low
    }

    public var description: String {
        String(unsafeUninitializedCapacity: Self.prefix.utf8.count + Self.digitCount) { buffer in
            _ = buffer.initialize(from: Self.prefix.utf8)
            let start = Self.prefix.utf8.count
            var (high, low) = (high, low)
            for index in (0..<Self.digitCount).reversed() {
                buffer.initializeElement(at: start + index, to: Self.digits[Int(low & 31)])
                low = low >> 5 | high << 59
                high >>= 5
            }
            return start + Self.digitCount
        }
    }
}

/// Makes the ids of one event loop. Confined to it.
struct MessageIDSource {
    private let node: UInt32
    private let loop: UInt8
    private var number: UInt64 = 0
    private var latest: Int64 = 0

    init(node: UInt32, loop: UInt8) {
        self.node = node
        self.loop = loop
    }

    /// An id greater than all before it, also when the clock was set back.
    mutating func next(milliseconds: Int64) -> MessageID {
        latest = max(latest, milliseconds)
        number += 1
        return MessageID(milliseconds: latest, node: node, loop: loop, number: number)
    }
}
