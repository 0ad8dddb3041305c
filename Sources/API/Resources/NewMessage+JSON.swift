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

extension JSON.Object {
    /// Reads the body of `POST /v1/messages/{id}/reply`: an object with a `text` that says something, and whatever else the
    /// bot sends. Throws `invalid_fields`.
    public init(replyBody body: JSON.Object) throws(Problem) {
        let isStorable = JSON.object(body).allNames { !$0.utf8.contains(0) }
        var fields = FieldReader(body.filterText())
        _ = fields.required("text", .replyText)
        if !isStorable { fields.refuse("", .invalidMemberName) }
        try fields.finish()
        self = body
    }

    /// The `text` alone.
    private func filterText() -> JSON.Object {
        self["text"].map { ["text": $0] } ?? [:]
    }
}

extension Field where Value == String {
    /// What a member typed. White space alone is no message.
    fileprivate static let messageText = Field(
        schema: .string(maximum: FieldLimits.messageCharacters, minimum: 1),
        placeholder: ""
    ) { json, notes in
        guard let text = json.string else { return notes.refuse(.wrongType, ["expected": "string"]) }
        if text.allSatisfy(\.isWhitespace) { return notes.refuse(.empty) }
        if text.unicodeScalars.count > FieldLimits.messageCharacters {
            return notes.refuse(.tooLong, ["maximum": "\(FieldLimits.messageCharacters)"])
        }
        return text
    }

    /// The id or name of a bot.
    fileprivate static let botName = Field(
        schema: .string(maximum: FieldLimits.nameCharacters),
        placeholder: ""
    ) { json, notes in
        guard let text = json.string else { return notes.refuse(.wrongType, ["expected": "string"]) }
        if text.isEmpty { return notes.refuse(.empty) }
        if text.unicodeScalars.count > FieldLimits.nameCharacters {
            return notes.refuse(.tooLong, ["maximum": "\(FieldLimits.nameCharacters)"])
        }
        return text
    }

    fileprivate static let replyText = Field(
        schema: .string(maximum: FieldLimits.bodyBytes, minimum: 1),
        placeholder: ""
    ) {
        json,
        notes in
        guard let text = json.string else { return notes.refuse(.wrongType, ["expected": "string"]) }
        return text.allSatisfy(\.isWhitespace) ? notes.refuse(.empty) : text
    }
}

extension Field where Value == Duration {
    /// Seconds with or without a fraction.
    fileprivate static let wait = Field(
        schema: .number(FieldLimits.waitSeconds),
        placeholder: .zero
    ) { json, notes in
        guard let seconds = json.number else { return notes.refuse(.wrongType, ["expected": "number"]) }
        let bounds = FieldLimits.waitSeconds
        guard seconds >= Double(bounds.lowerBound), seconds <= Double(bounds.upperBound) else {
            return notes.refuse(
                .outOfRange,
                ["minimum": "\(bounds.lowerBound)", "maximum": "\(bounds.upperBound)"]
            )
        }
        return .seconds(seconds)
    }
}
