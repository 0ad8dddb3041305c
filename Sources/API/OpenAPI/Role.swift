/// What one process serves.
public enum Role: String, Sendable, CaseIterable {
    /// Key server and relay in one process. The default.
    case all
    /// The key server alone: companies, bots, members and keys.
    case keys
    /// The relay alone: messages, events and bots' sockets.
    case relay

    public var servesKeys: Bool { self != .relay }
    public var servesRelay: Bool { self != .keys }
}
