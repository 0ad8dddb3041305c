/// How a bot is reached.
public enum Delivery: Sendable, Hashable {
    /// The bot dials out to the relay and keeps the connection (`GET /v1/me/socket`). The default.
    case socket
    /// The relay calls the bot: an absolute http or https URL, at most 2,048 bytes, without credentials.
    case webhook(url: String)
}
