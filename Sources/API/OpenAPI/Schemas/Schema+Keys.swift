import BSON
import Directory

extension Schema {
    static let keys: [Named] = [
        ("Key", object(key, optional: ["expires_at"])),
        ("IssuedKey", object(issuedKey, optional: ["expires_at"])),
        ("NewKey", newKey),
        ("WebhookSecret", webhookSecret),
        ("NewWebhookSecret", newWebhookSecret),
    ]

    private static let key: KeyValuePairs<String, Schema> = [
        "id": .string(),
        "kind": .enumeration(KeyKind.allCases.map(\.rawValue)),
        "last4": .string(maximum: 4, minimum: 4).described("The last four characters of the secret."),
        "created_at": .time,
        "expires_at": .time.described("Absent: it works until it is revoked."),
    ]

    private static let issuedKey: KeyValuePairs<String, Schema> = [
        "id": .string(),
        "kind": .enumeration(KeyKind.allCases.map(\.rawValue)),
        "last4": .string(maximum: 4, minimum: 4),
        "created_at": .time,
        "expires_at": .time,
        "secret": .string(maximum: APIKeySecret.length, minimum: APIKeySecret.length)
            .described("The key to present. It is shown this once."),
    ]

    private static let newKey = object(
        ["expires_in_seconds": Field.expiry.schema.orNull],
        optional: ["expires_in_seconds"],
        isClosed: true
    )

    private static let webhookSecret = object([
        "webhook_secret": .string().described("`whsec_` and base64. It is shown this once.")
    ])

    private static let newWebhookSecret = object(
        [
            "overlap_seconds": Field.overlap.schema.orNull
                .byDefault(.integer(Int64(FieldLimits.defaultOverlapSeconds)))
                .described("How long the secret before it still signs.")
        ],
        optional: ["overlap_seconds"],
        isClosed: true
    )
}
