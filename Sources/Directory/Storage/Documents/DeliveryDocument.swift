import BSON

/// A bot's delivery inside its document: `{type: "socket"}` or `{type: "webhook", url}`.
extension Delivery {
    var document: BSONDocument {
        switch self {
        case .socket: ["type": "socket"]
        case .webhook(let url): ["type": "webhook", "url": .string(url)]
        }
    }

    init(_ element: BSONElement) throws {
        var reader = try element.reader()
        var isWebhook = false
        var url: String?
        while let field = try reader.next() {
            switch field.key {
            case "type": isWebhook = try field.string() == "webhook"
            case "url": url = try field.optionalString()
            default: break
            }
        }
        self = isWebhook ? .webhook(url: try url.orUnreadable("url")) : .socket
    }
}

/// A webhook secret inside its bot's document: `{secret: binary, expires_at?}`.
extension WebhookSecret {
    static func list(_ array: BSONElement) throws -> [WebhookSecret] {
        try array.list { try WebhookSecret($0) }
    }

    fileprivate var document: BSONDocument {
        var document: BSONDocument = ["secret": .binary(bytes: bytes)]
        if let expiresAt { document.append("expires_at", .date(milliseconds: expiresAt.milliseconds)) }
        return document
    }

    private init(_ element: BSONElement) throws {
        var reader = try element.reader()
        var bytes: [UInt8]?
        var expiresAt: Instant?
        while let field = try reader.next() {
            switch field.key {
            case "secret": bytes = Array(try field.binary())
            case "expires_at": expiresAt = try field.optionalInstant()
            default: break
            }
        }
        self.init(bytes: try bytes.orUnreadable("secret"), expiresAt: expiresAt)
    }
}

extension BSONValue {
    static func secrets(_ secrets: [WebhookSecret]) -> BSONValue {
        .array(BSONArray(secrets.map { .document($0.document) }))
    }
}
