import BSON

/// A JSON Schema (2020-12) as OpenAPI 3.1 uses it, built from small pieces.
struct Schema: Sendable {
    let json: JSON.Object

    private init(_ json: JSON.Object) {
        self.json = json
    }

    /// A string of `minimum` to `maximum` characters.
    static func string(maximum: Int? = nil, minimum: Int? = nil) -> Schema {
        var json: JSON.Object = ["type": "string"]
        if let minimum { json["minLength"] = .integer(Int64(minimum)) }
        if let maximum { json["maxLength"] = .integer(Int64(maximum)) }
        return Schema(json)
    }

    static func enumeration(_ words: [String]) -> Schema {
        Schema(["type": "string", "enum": .array(words.map { .string($0) })])
    }

    /// RFC 3339 in UTC.
    static let time = Schema.string().format("date-time")

    static func integer(_ bounds: ClosedRange<Int>? = nil) -> Schema {
        var json: JSON.Object = ["type": "integer"]
        if let bounds {
            json["minimum"] = .integer(Int64(bounds.lowerBound))
            json["maximum"] = .integer(Int64(bounds.upperBound))
        }
        return Schema(json)
    }

    static func number(_ bounds: ClosedRange<Int>) -> Schema {
        Schema([
            "type": "number", "minimum": .integer(Int64(bounds.lowerBound)),
            "maximum": .integer(Int64(bounds.upperBound)),
        ])
    }

    static let boolean = Schema(["type": "boolean"])

    /// Any JSON value.
    static let any = Schema([:])

    static func array(of items: Schema, maximum: Int? = nil, minimum: Int? = nil) -> Schema {
        var json: JSON.Object = ["type": "array", "items": .object(items.json)]
        if let minimum { json["minItems"] = .integer(Int64(minimum)) }
        if let maximum { json["maxItems"] = .integer(Int64(maximum)) }
        return Schema(json)
    }

    /// An object. Requests name all their fields (`isClosed`): another is refused. Answers may gain fields.
    static func object(
        _ properties: KeyValuePairs<String, Schema>,
        optional: Set<String> = [],
        isClosed: Bool = false
    ) -> Schema {
        var json: JSON.Object = ["type": "object"]
        if !properties.isEmpty {
            json["properties"] = .object(JSON.Object(properties.map { ($0.key, .object($0.value.json)) }))
        }
        let required = properties.map(\.key).filter { !optional.contains($0) }
        if !required.isEmpty { json["required"] = .array(required.map { .string($0) }) }
        if isClosed { json["additionalProperties"] = false }
        return Schema(json)
    }

    /// A schema of the document's components.
    static func reference(_ name: String) -> Schema {
        Schema(["$ref": .string("#/components/schemas/\(name)")])
    }

    static func oneOf(_ schemas: Schema...) -> Schema {
        Schema(["oneOf": .array(schemas.map { .object($0.json) })])
    }

    /// The same, or null.
    var orNull: Schema {
        var json = json
        if let type = json["type"] {
            json["type"] = [type, "null"]
            if case .array(let words)? = json["enum"] { json["enum"] = .array(words + [.null]) }
            return Schema(json)
        }
        return Schema(["oneOf": [.object(json), ["type": "null"]]])
    }

    func described(_ text: String) -> Schema { with("description", .string(text)) }
    func format(_ format: String) -> Schema { with("format", .string(format)) }
    func byDefault(_ value: JSON) -> Schema { with("default", value) }
    func always(_ value: JSON) -> Schema { with("const", value) }

    private func with(_ key: String, _ value: JSON) -> Schema {
        var json = json
        json[key] = value
        return Schema(json)
    }
}
