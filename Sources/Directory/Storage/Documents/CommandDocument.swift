import BSON

/// A command inside the document of its bot: `{name, description?, tokens: [{key, label, type, values?, available?,
/// required}]}`.
extension Command {
    var document: BSONDocument {
        var document: BSONDocument = ["name": .string(name.text)]
        if let description { document.append("description", .string(description)) }
        document.append("tokens", .array(BSONArray(tokens.map { .document($0.document) })))
        return document
    }

    /// The commands in an array of such documents.
    static func list(_ array: BSONElement) throws -> [Command] {
        try array.list { try Command($0) }
    }

    private init(_ element: BSONElement) throws {
        var reader = try element.reader()
        var name: String?
        var description: String?
        var tokens: [Token] = []
        while let field = try reader.next() {
            switch field.key {
            case "name": name = try field.string()
            case "description": description = try field.optionalString()
            case "tokens": tokens = try field.list { try Token($0) }
            default: break
            }
        }
        self.init(name: CommandName(trusting: try name.orUnreadable("name")), description: description, tokens: tokens)
    }
}

extension Token {
    fileprivate var document: BSONDocument {
        var document: BSONDocument = [
            "key": .string(key),
            "label": .string(label),
            "type": .string(type.rawValue),
        ]
        if type == .choice { document.append("values", .strings(values)) }
        if let available { document.append("available", .strings(available)) }
        document.append("required", .bool(required))
        return document
    }

    /// A type that this version does not know reads as text: a newer version may have stored it.
    fileprivate init(_ element: BSONElement) throws {
        var reader = try element.reader()
        var key: String?
        var label: String?
        var type = TokenType.text
        var values: [String] = []
        var available: [String]?
        var required = true
        while let field = try reader.next() {
            switch field.key {
            case "key": key = try field.string()
            case "label": label = try field.string()
            case "type": type = TokenType(rawValue: try field.string()) ?? .text
            case "values": values = try field.list { try $0.string() }
            case "available": available = try field.list { try $0.string() }
            case "required": required = try field.bool()
            default: break
            }
        }
        self.init(
            key: try key.orUnreadable("key"),
            label: try label.orUnreadable("label"),
            type: type,
            values: values,
            available: available,
            required: required
        )
    }
}

extension BSONValue {
    fileprivate static func strings(_ texts: [String]) -> BSONValue {
        .array(BSONArray(texts.map { .string($0) }))
    }
}
