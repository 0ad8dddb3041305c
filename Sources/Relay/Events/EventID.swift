/// The id of an event: which process it is of, and its number there. Numbers of one process rise with time, whatever feed
/// they are in.
///
/// As text `evt_`, eight hexadecimal digits of the node, `-` and the number.
public struct EventID: Sendable, Hashable {
    let node: UInt32
    let number: UInt64

    init(node: UInt32, number: UInt64) {
        self.node = node
        self.number = number
    }

    static func name(ofNode node: UInt32) -> String {
        let digits = String(node, radix: 16)
        return String(repeating: "0", count: 8 - digits.count) + digits
    }
}

extension EventID: CustomStringConvertible {
    private static let prefix = "evt_"

    /// Reads what a client got and sends back; nil for anything else.
    public init?(_ text: String) {
        guard text.hasPrefix(Self.prefix) else { return nil }
        let parts = text.dropFirst(Self.prefix.count).split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].utf8.count == 8, let node = UInt32(parts[0], radix: 16),
            let number = UInt64(parts[1])
        else { return nil }
        self.init(node: node, number: number)
    }

    public var description: String { "\(Self.prefix)\(Self.name(ofNode: node))-\(number)" }
}
