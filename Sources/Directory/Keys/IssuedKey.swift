/// A key with its secret, which is known at this moment and never again.
public struct IssuedKey: Sendable {
    public let key: APIKey
    /// `hwa_`, `hwb_` or `hwm_`, 30 random base62 characters and 6 of checksum.
    public let secret: String

    public init(key: APIKey, secret: String) {
        self.key = key
        self.secret = secret
    }
}
