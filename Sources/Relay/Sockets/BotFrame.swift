import BSON
import NIOCore

/// What a bot says over its socket: one JSON object a text frame (design section 6).
enum BotFrame {
    /// The answer to the message of this id; a reply is still to be read.
    case answer(String, Answer)
    /// Shown while the message runs.
    case progress(String, text: String)
    /// The bot declares its commands; still to be read.
    case commands(JSON.Object)
    /// Which values of a token can be taken now; still to be read.
    case available(JSON.Object)
    /// Which values fit: the answer to a ``RelayFrame/complete(id:command:tokens:token:)``.
    /// Nil when the bot has nothing to say about it.
    case values(String, [String]?)

    /// Objects and arrays within one another. A reply's own data needs no more.
    private static let maximumDepth = 32
    /// Characters of a progress or an error.
    static let maximumNoteCharacters = 4_000

    /// - Throws: what is wrong, when it is no frame of this protocol at all: the socket is closed.
    init(_ payload: ByteBuffer) throws(Malformed) {
        let json: JSON
        do {
            json = try payload.withUnsafeReadableBytes { bytes throws(JSONError) in
                try JSON(parsing: bytes, maximumDepth: Self.maximumDepth)
            }
        } catch {
            throw Malformed("A frame is not JSON: \(error.code.description) at byte \(error.offset).")
        }
        guard var fields = json.object else { throw Malformed("A frame is not a JSON object.") }
        guard let type = fields["type"]?.string else { throw Malformed("A frame has no 'type'.") }
        fields["type"] = nil
        switch type {
        case "reply":
            let id = try Self.takeID(from: &fields, type)
            self = .answer(id, .reply(fields))
        case "error":
            let id = try Self.takeID(from: &fields, type)
            self = .answer(id, .error(text: try Self.note(in: fields, type)))
        case "progress":
            let id = try Self.takeID(from: &fields, type)
            self = .progress(id, text: try Self.note(in: fields, type))
        case "commands": self = .commands(fields)
        case "available": self = .available(fields)
        case "values":
            let id = try Self.takeID(from: &fields, type)
            self = .values(id, try Self.values(in: fields))
        default: throw Malformed("There is no frame of type '\(type.prefix(40))'.")
        }
    }

    struct Malformed: Error {
        let reason: String

        init(_ reason: String) {
            self.reason = reason
        }
    }

    private static func takeID(from fields: inout JSON.Object, _ type: String) throws(Malformed) -> String {
        guard let id = fields["id"]?.string else { throw Malformed("A '\(type)' frame has no 'id'.") }
        fields["id"] = nil
        return id
    }

    private static func values(in fields: JSON.Object) throws(Malformed) -> [String]? {
        if fields["values"] == .null { return nil }
        guard let values = fields["values"]?.array?.map(\.string), !values.contains(nil) else {
            throw Malformed("A 'values' frame has no list of texts 'values'.")
        }
        return values.compactMap(\.self)
    }

    /// What a bot says to people besides replies: anything that is no text counts as malformed, too much of it is cut.
    private static func note(in fields: JSON.Object, _ type: String) throws(Malformed) -> String {
        guard let text = fields["text"]?.string else { throw Malformed("A '\(type)' frame has no 'text'.") }
        return String(text.prefix(maximumNoteCharacters))
    }
}
