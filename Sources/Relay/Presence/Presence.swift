import API
public import BSON
public import Directory

/// Whether a bot can be reached now, since when, over how many connections, and why not.
public struct Presence: Sendable, Hashable {
    public let online: Bool
    /// Open connections of the bot's own; 0 for a webhook.
    public let connections: Int
    /// When ``online`` last changed; nil when it never did in this process.
    public let since: Instant?
    /// When the bot was last heard.
    public let lastSeen: Instant?
    /// Why it is not online.
    public let reason: Reason?

    public enum Reason: String, Sendable {
        /// It has not dialled out to this relay.
        case neverConnected = "never_connected"
        /// A webhook that this relay has not called yet.
        case notCalledYet = "not_called_yet"
        /// Its connection ended; it may dial again.
        case disconnected
        /// Its connection was closed because it did not read what it was sent.
        case slow
        /// Its connection was closed because it broke the protocol.
        case badFrame = "bad_frame"
        case keyRevoked = "key_revoked"
        case keyExpired = "key_expired"
        /// Nobody listens at the webhook's address.
        case refused
        /// No connection to the webhook could be made: its name is unknown, or its network cannot be reached.
        case unreachable
        /// The webhook's address is in a network that webhooks may not reach.
        case addressNotAllowed = "address_not_allowed"
        /// The TLS handshake with the webhook failed.
        case tls
        /// The webhook did not answer in time, or the socket's bot missed two heartbeats.
        case timeout
        /// The webhook answered with something that is no answer, such as a status of 500.
        case badStatus = "bad_status"
    }

    /// `{online, connections, since, last_seen, reason?}`
    public var body: JSON.Object {
        var body: JSON.Object = [
            "online": .bool(online),
            "connections": .integer(Int64(connections)),
            "since": since.map { .string($0.rfc3339) } ?? .null,
            "last_seen": lastSeen.map { .string($0.rfc3339) } ?? .null,
        ]
        if let reason { body["reason"] = .string(reason.rawValue) }
        return body
    }
}
