public import BSON

/// What a member asks when it sends a message.
public struct NewMessage: Sendable, Equatable {
    /// As typed, 1 to ``FieldLimits/messageCharacters`` characters.
    public let text: String
    /// The id or name of the only bot that the command is looked for at.
    public let bot: String?
    /// How long to wait for the reply before the answer is “running”, within ``FieldLimits/waitSeconds``.
    public let wait: Duration

    /// How long to wait unless the request says.
    public static let defaultWait: Duration = .seconds(FieldLimits.defaultWaitSeconds)

    /// Trusts its arguments to be within bounds.
    public init(text: String, bot: String? = nil, wait: Duration = Self.defaultWait) {
        self.text = text
        self.bot = bot
        self.wait = wait
    }

    /// Reads the body of `POST /v1/messages`. Throws `invalid_fields`.
    public init(body: JSON.Object) throws(Problem) {
        var fields = FieldReader(body)
        self.init(
            text: fields.required("text", .messageText),
            bot: fields.optional("bot", .botName),
            wait: fields.optional("wait_seconds", .wait) ?? Self.defaultWait
        )
        try fields.finish()
    }
}
