public import BSON
public import Directory

extension Delivery {
    /// `{type: "socket"}` or `{type: "webhook", url}`.
    public var resource: JSON.Object {
        switch self {
        case .socket: ["type": "socket"]
        case .webhook(let url): ["type": "webhook", "url": .string(url)]
        }
    }
}

extension Field where Value == Delivery {
    static let delivery = Field(schema: .reference("Delivery"), placeholder: .socket) { json, notes in
        read(json, &notes, typeWhenAbsent: { _ in nil })
    }

    /// In a merge patch a new `url` alone is enough: only a webhook has one.
    static let deliveryPatch = Field(
        schema: .oneOf(.reference("Delivery"), .object(["url": Field<String>.webhookURL.schema], isClosed: true)),
        placeholder: .socket
    ) { json, notes in
        read(json, &notes, typeWhenAbsent: { $0["url"] == nil ? nil : "webhook" })
    }

    private static func read(
        _ json: JSON,
        _ notes: inout FieldNotes,
        typeWhenAbsent: (JSON.Object) -> String?
    ) -> Delivery? {
        guard var object = json.object else { return notes.refuse(.wrongType, ["expected": "object"]) }
        if object["type"] == nil, let type = typeWhenAbsent(object) { object["type"] = .string(type) }
        var fields = FieldReader(object, notes)
        defer { notes = fields.close() }
        switch fields.required("type", .deliveryType) {
        case "webhook":
            return .webhook(url: fields.required("url", .webhookURL))
        case "socket":
            if object["url"] == .null { _ = fields.optional("url", .webhookURL) }
            return .socket
        default:
            _ = fields.optional("url", .webhookURL)
            return nil
        }
    }
}

extension Field where Value == String {
    fileprivate static let deliveryType = choice("socket", "webhook")
}
