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

    /// The command with what its bot says can be taken now in place of what it declared.
    public func resource(offering offers: [AvailableValues]) -> JSON.Object {
        let tokens = tokens.map { token in
            var resource = token.resource
            if let offer = offers.first(where: { $0.command == name.text && $0.token == token.key }) {
                resource["available"] = .array(offer.values.map { .string($0) })
            }
            return JSON.object(resource)
        }
        var resource = resource
        resource["tokens"] = .array(tokens)
        return resource
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
    /// The token as the API shows it. `values` stands only in a choice, `available` only when the bot said it.
    public var resource: JSON.Object {
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
