public import API
public import BSON
public import Directory

/// One thing that a member sent: the text as typed, what was read from it, its status and the bot's reply.
public struct Message: Sendable {
    public enum Status: String, Sendable {
        /// With the bot. Becomes completed or failed.
        case running
        /// Has its reply. Final.
        case completed
        /// Has its problem. Final.
        case failed
    }

    public let id: MessageID
    /// The domain of the member's company.
    public let company: String
    public let member: Sender
    /// As typed.
    public let text: String
    /// The bot that the command belongs to; nil when none was found, or the relay itself answered.
    public internal(set) var bot: Bot?
    /// The declared name of the command; nil when none was found.
    public internal(set) var command: String?
    /// The values of the tokens by key, in the order of the declaration.
    public internal(set) var tokens: JSON.Object
    public internal(set) var status: Status
    /// `{text, …}` as the bot sent it, once completed.
    public internal(set) var reply: JSON.Object?
    /// What the bot says meanwhile, while it runs. Not kept in MongoDB.
    public internal(set) var progress: String?
    /// Why it failed.
    public internal(set) var problem: Problem?
    public let createdAt: Instant
    public internal(set) var completedAt: Instant?
    /// Until when a reply is taken.
    public internal(set) var deadline: Instant

    public struct Sender: Sendable, Hashable {
        public let id: ResourceID
        public let name: String
    }

    public struct Bot: Sendable, Hashable {
        public let id: ResourceID
        public let name: String
    }

    /// How long a bot has that answered “later”.
    public static let patience: Duration = .seconds(15 * 60)
}
