import Wire

/// Why the relay closes a bot's socket: the close codes of the contract (design section 6).
enum SocketEnd {
    /// The server stops; the bot dialled again before.
    case drained
    /// The bot does not read what it is sent.
    case slow
    /// The bot is no longer reached over a socket, or the server cannot go on with it.
    case serverError
    /// What the bot sent is no frame of this protocol.
    case badFrame(String)
    case keyRevoked
    case keyExpired
    case botDeleted
    /// A frame that WebSocket itself forbids.
    case violation(WebSocketViolation)

    /// From 4100 on the bot must not dial again.
    var code: WebSocketCloseCode {
        switch self {
        case .drained: .init(rawValue: 4000)
        case .slow: .init(rawValue: 4001)
        case .serverError: .init(rawValue: 4002)
        case .badFrame: .init(rawValue: 4100)
        case .keyRevoked: .init(rawValue: 4101)
        case .keyExpired: .init(rawValue: 4102)
        case .botDeleted: .init(rawValue: 4103)
        case .violation(let violation): violation.code
        }
    }

    /// For the bot's log.
    var reason: String {
        switch self {
        case .drained: "This relay stops; dial again."
        case .slow: "The bot does not read what it is sent."
        case .serverError: "The relay cannot go on with this connection; dial again."
        case .badFrame(let what): what
        case .keyRevoked: "The API key was revoked."
        case .keyExpired: "The API key has expired."
        case .botDeleted: "The bot was deleted."
        case .violation(let violation): violation.reason
        }
    }

    /// What its presence says while it stays away.
    var absence: Presence.Reason {
        switch self {
        case .drained, .serverError: .disconnected
        case .slow: .slow
        case .badFrame, .violation: .badFrame
        case .keyRevoked: .keyRevoked
        case .keyExpired: .keyExpired
        case .botDeleted: .disconnected
        }
    }
}
