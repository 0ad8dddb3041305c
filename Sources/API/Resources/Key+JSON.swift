public import BSON
public import Directory

extension APIKey {
    /// The key as the API shows it: never its secret.
    public var resource: JSON.Object {
        var resource: JSON.Object = [
            "id": .string(id),
            "kind": .string(kind.rawValue),
            "last4": .string(last4),
            "created_at": .string(createdAt.rfc3339),
        ]
        if let expiresAt { resource["expires_at"] = .string(expiresAt.rfc3339) }
        return resource
    }
}

extension IssuedKey {
    /// The key with its secret, for the one answer that shows it.
    public var resource: JSON.Object {
        var resource = key.resource
        resource["secret"] = .string(secret)
        return resource
    }
}

/// What a caller says to make a further key.
public struct NewKey: Sendable {
    /// Nil: until it is revoked.
    public let expiresIn: Duration?

    /// Reads the body of `POST …/keys`. Throws `invalid_fields`.
    public init(body: JSON.Object) throws(Problem) {
        var fields = FieldReader(body)
        expiresIn = fields.optional("expires_in_seconds", .expiry)
        try fields.finish()
    }
}
