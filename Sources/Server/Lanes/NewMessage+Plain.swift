import API
import Wire

extension NewMessage {
    /// A message from a body in the plain shape and within bounds; nil leaves it to the cold lane to say what is wrong.
    init?(plain body: UnsafeRawBufferPointer) {
        var text: String?
        var bot: String?
        var wait = Self.defaultWait
        var isWithinBounds = true
        let isPlain: Void? = PlainObject.read(body, keys: ["text", "bot", "wait_seconds"]) { key, value in
            switch (key, value) {
            case (0, .string(let value)): text = value
            case (1, .string(let value)): bot = value
            case (2, .number(let seconds)) where seconds <= Double(FieldLimits.waitSeconds.upperBound):
                wait = .seconds(seconds)
            default: isWithinBounds = false
            }
        }
        guard isPlain != nil, isWithinBounds, let text, Self.isPlain(text),
            bot.map({ !$0.isEmpty && $0.utf8.count <= FieldLimits.nameCharacters }) ?? true
        else { return nil }
        self.init(text: text, bot: bot, wait: wait)
    }

    /// Within bounds whatever its characters are: not more bytes than characters are allowed, and not white space alone.
    private static func isPlain(_ text: String) -> Bool {
        text.utf8.count <= FieldLimits.messageCharacters && text.utf8.first.map { $0 > 0x20 && $0 < 0x7F } ?? false
    }
}
