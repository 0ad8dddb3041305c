import Crypto
import Directory
import Foundation

/// Signs webhook calls (Standard Webhooks 1.0.0, symmetric signatures `v1`).
struct WebhookSigner: Sendable {
    private let keys: [(key: SymmetricKey, expiresAt: Instant?)]

    /// - Parameter secrets: newest first; during a rotation there are two, and both sign.
    init(secrets: [WebhookSecret]) {
        keys = secrets.map { (SymmetricKey(data: $0.bytes), $0.expiresAt) }
    }

    /// The value of `webhook-signature`: `v1,<base64>` for every secret that has not expired, separated by spaces.
    ///
    /// - Parameter seconds: what stands in `webhook-timestamp`, seconds since 1970.
    func signature(id: String, seconds: Int64, body: some Sequence<UInt8>, now: Instant) -> String {
        var content = Array("\(id).\(seconds).".utf8)
        content.append(contentsOf: body)
        return
            keys
            .filter { $0.expiresAt.map { now < $0 } ?? true }
            .map { "v1," + Data(HMAC<SHA256>.authenticationCode(for: content, using: $0.key)).base64EncodedString() }
            .joined(separator: " ")
    }
}
