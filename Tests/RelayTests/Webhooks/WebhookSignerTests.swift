import Directory
import Foundation
import Testing

@testable import Relay

@Suite
struct `Webhook signatures` {
    /// The example of the Standard Webhooks specification.
    private let published = WebhookSecret(
        bytes: Array(Data(base64Encoded: "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw") ?? Data())
    )
    private let publishedSignature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    private let now = Instant(milliseconds: 1_614_265_330_000)

    private func signature(_ secrets: [WebhookSecret], now: Instant? = nil) -> String {
        WebhookSigner(secrets: secrets)
            .signature(
                id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
                seconds: 1_614_265_330,
                body: Array(#"{"test": 2432232314}"#.utf8),
                now: now ?? self.now
            )
    }

    @Test
    func `are those of the published example`() {
        #expect(published.bytes.count == 24)
        #expect(signature([published]) == publishedSignature)
    }

    @Test
    func `are two during a rotation, the newest secret's first`() {
        let newest = WebhookSecret(bytes: Array(repeating: 1, count: 24))
        let old = WebhookSecret(bytes: published.bytes, expiresAt: now.advanced(by: .milliseconds(1)))
        let parts = signature([newest, old]).split(separator: " ").map(String.init)
        #expect(parts == [signature([newest]), publishedSignature])
        #expect(parts[0] != parts[1])
    }

    @Test
    func `of an expired secret are not made`() {
        let newest = WebhookSecret(bytes: Array(repeating: 1, count: 24))
        let old = WebhookSecret(bytes: published.bytes, expiresAt: now)
        #expect(signature([newest, old]) == signature([newest]))
        #expect(signature([old]) == "")
    }

    @Test
    func `change with the id, the time, the body and the secret`() {
        let signer = WebhookSigner(secrets: [published])
        let signatures = [
            signer.signature(id: "msg_1", seconds: 1, body: [1], now: now),
            signer.signature(id: "msg_2", seconds: 1, body: [1], now: now),
            signer.signature(id: "msg_1", seconds: 2, body: [1], now: now),
            signer.signature(id: "msg_1", seconds: 1, body: [2], now: now),
            WebhookSigner(secrets: [WebhookSecret(bytes: [1])]).signature(id: "msg_1", seconds: 1, body: [1], now: now),
        ]
        #expect(Set(signatures).count == signatures.count)
    }
}
