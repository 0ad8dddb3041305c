public import BSON
public import Directory
import Foundation

extension WebhookSecret {
    /// How a secret is written for people and libraries (Standard Webhooks): `whsec_` and the base64 of its bytes.
    public var text: String {
        "whsec_" + Data(bytes).base64EncodedString()
    }
}

/// What a caller says to make a new webhook secret.
public struct WebhookSecretRotation: Sendable {
    /// How long the secret before it still signs.
    public let overlap: Duration

    /// Reads the body of `POST /v1/bots/{id}/webhook_secret`. Throws `invalid_fields`.
    public init(body: JSON.Object) throws(Problem) {
        var fields = FieldReader(body)
        overlap = fields.optional("overlap_seconds", .overlap) ?? .seconds(FieldLimits.defaultOverlapSeconds)
        try fields.finish()
    }
}
