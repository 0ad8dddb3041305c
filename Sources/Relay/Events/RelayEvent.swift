public import API
public import BSON
public import Directory

/// What a member's clients are told at once (design section 4).
public enum RelayEvent: Sendable {
    /// A message of the member's as it is now: whenever it changes.
    case message(Message)
    /// A bot came, went, or has another number of connections.
    case presence(bot: ResourceID, Presence)
    /// A bot says which values of a token can be taken now.
    case available(bot: ResourceID, AvailableValues)
    /// These bots are new, gone, or have other commands: their list is to be read anew.
    case bots([ResourceID])
    /// Events were missed: everything is to be read anew.
    case reset

    /// The `event` field of the stream.
    public var name: String {
        switch self {
        case .message: "message"
        case .presence: "presence"
        case .available: "available"
        case .bots: "bots"
        case .reset: "reset"
        }
    }

    /// Roughly what it occupies in memory: enough to bound what is kept of many.
    var approximateBytes: Int {
        switch self {
        case .message(let message): message.approximateBytes
        case .available(_, let offer): offer.values.reduce(256) { $0 + $1.utf8.count + 24 }
        case .bots(let bots): 256 + bots.count * 16
        case .presence, .reset: 256
        }
    }

    /// The `data` field: the message as `GET /v1/messages/{id}` shows it, `{bot, presence}`, `{bot, command, token, values}`,
    /// `{bots: […ids]}`, or `{}`.
    public func body(in language: Language) -> JSON.Object {
        switch self {
        case .message(let message): message.body(in: language)
        case .presence(let bot, let presence): ["bot": .string(bot.text), "presence": .object(presence.body)]
        case .available(let bot, let offer):
            [
                "bot": .string(bot.text),
                "command": .string(offer.command),
                "token": .string(offer.token),
                "values": .array(offer.values.map { .string($0) }),
            ]
        case .bots(let bots): ["bots": .array(bots.map { .string($0.text) })]
        case .reset: [:]
        }
    }
}
