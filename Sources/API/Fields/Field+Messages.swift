import BSON

extension Field where Value == String {
    /// What a member typed. White space alone is no message.
    static let messageText = Field(
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
    static let botName = Field(
        schema: .string(maximum: FieldLimits.nameCharacters, minimum: 1)
            .described("The id or name of the only bot to look for the command at."),
        placeholder: ""
    ) { json, notes in
        guard let text = json.string else { return notes.refuse(.wrongType, ["expected": "string"]) }
        if text.isEmpty { return notes.refuse(.empty) }
        if text.unicodeScalars.count > FieldLimits.nameCharacters {
            return notes.refuse(.tooLong, ["maximum": "\(FieldLimits.nameCharacters)"])
        }
        return text
    }

    /// What a bot answers. White space alone is no reply.
    static let replyText = Field(schema: .string(minimum: 1), placeholder: "") { json, notes in
        guard let text = json.string else { return notes.refuse(.wrongType, ["expected": "string"]) }
        return text.allSatisfy(\.isWhitespace) ? notes.refuse(.empty) : text
    }
}

extension Field where Value == Duration {
    /// Seconds with or without a fraction.
    static let wait = Field(
        schema: .number(FieldLimits.waitSeconds)
            .described("How long the answer may wait for the bot's reply; fractions are allowed."),
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
