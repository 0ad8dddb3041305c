public import NIOCore

/// A whole HTTP/1.x response to a webhook call.
public struct WebhookResponse: Sendable, Equatable {
    /// 200 to 599; interim responses (1xx) are skipped.
    public let status: Int
    /// The value of `Content-Type` as sent; nil when there is none or it is not ASCII.
    public let contentType: String?
    public let body: ByteBuffer
    /// Whether the connection can carry another request.
    public let keepsAlive: Bool

    public init(status: Int, contentType: String?, body: ByteBuffer, keepsAlive: Bool) {
        self.status = status
        self.contentType = contentType
        self.body = body
        self.keepsAlive = keepsAlive
    }
}

/// Why bytes are not a response that we take.
public enum WebhookResponseFailure: Error, Sendable, Equatable {
    /// Not HTTP/1.x, or framed in contradictory ways (RFC 9112 section 6.3).
    case malformed
    /// The head is larger than ``WebhookResponseDecoder/maximumHeadLength``.
    case headTooLarge
    /// The body is larger than ``WebhookResponseDecoder/maximumBodyLength``.
    case bodyTooLarge
    /// The connection ended within the response.
    case truncated
}
