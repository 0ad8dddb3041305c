/// The bounds of what a request may hold: checked when it is read, and said in the API's description. Characters are
/// Unicode scalars, as JSON Schema counts them.
public enum FieldLimits {
    /// Characters of a name: enough for any person, company or bot, and one line on a screen.
    public static let nameCharacters = 100
    /// Characters of a description: a short paragraph.
    public static let descriptionCharacters = 500
    /// Bytes of a domain (RFC 1035, section 2.3.4).
    public static let domainBytes = 253
    /// Bytes of one label of a domain.
    public static let domainLabelBytes = 63
    /// Bytes of an e-mail address (RFC 5321, section 4.5.3.1.3 without the angle brackets).
    public static let emailBytes = 254
    /// Bytes of a webhook's URL.
    public static let urlBytes = 2_048
    /// Bytes of `metadata` written as JSON. It travels with every read of its resource.
    public static let metadataBytes = 16 * 1_024
    /// How deep `metadata` may nest, itself counted.
    public static let metadataDepth = 16
    /// Seconds until a key expires: up to ten years of 365 days.
    public static let expirySeconds = 1...(10 * 365 * 86_400)
    /// Seconds in which an old webhook secret still signs: up to a week.
    public static let overlapSeconds = 0...(7 * 86_400)
    /// The overlap when the request does not say: a day to bring the new secret to every process.
    public static let defaultOverlapSeconds = 86_400
    /// Characters of a message's text: longer than anything typed, a few pages of pasted text.
    public static let messageCharacters = 20_000
    /// Seconds that the answer to a message may wait for the bot's reply; fractions are allowed.
    public static let waitSeconds = 0...30
    public static let defaultWaitSeconds = 3
    /// Items of one page.
    public static let pageItems = 1...200
    public static let defaultPageItems = 50
    /// Bytes of a request's body: 1 MiB, the same for messages and replies.
    public static let bodyBytes = 1_024 * 1_024
    /// How deep a request's body may nest.
    public static let bodyDepth = 32
    /// Issues reported of one request; the rest would drown the reader.
    static let issues = 100
}
