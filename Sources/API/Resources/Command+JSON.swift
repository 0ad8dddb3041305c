public import BSON
public import Directory

extension Command {
    /// The command as the API shows it.
    public var resource: JSON.Object {
        [
            "name": .string(name.text),
            "description": description.map { .string($0) } ?? .null,
            "tokens": .array(tokens.map { .object($0.resource) }),
        ]
    }

    /// Reads the body of `PUT /v1/me/commands`, `{commands: […]}`. Throws `invalid_fields`.
    public static func declaration(body: JSON.Object) throws(Problem) -> [Command] {
        var fields = FieldReader(body)
        let commands = fields.required("commands", .commands)
        try fields.finish()
        return commands
    }
}

extension Token {
    /// `values` stands only in a choice, `available` only when the bot said it.
    fileprivate var resource: JSON.Object {
        var resource: JSON.Object = [
            "key": .string(key),
            "label": .string(label),
            "type": .string(type.rawValue),
        ]
        if type == .choice { resource["values"] = .array(values.map { .string($0) }) }
        if let available { resource["available"] = .array(available.map { .string($0) }) }
        resource["required"] = .bool(required)
        return resource
    }
}
