public import Directory
public import Hummingbird
import Logging
public import NIOCore

/// What the cold lane knows of a request besides the request itself.
public struct APIRequestContext: RequestContext {
    public var coreContext: CoreRequestContextStorage
    /// The connection's channel; what must run where its sockets live hops to `channel.eventLoop`.
    public let channel: any Channel
    /// The language of the answer's sentences, by `Accept-Language`. ``ProblemMiddleware`` sets it.
    public var language: Language = .english
    /// Whoever presented the key. ``Authentication`` sets it; nil on routes that need none.
    public var caller: Caller?

    public init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        channel = source.channel
    }

    /// The id under which this request is logged.
    public var requestID: String {
        logger[metadataKey: "hb.request.id"]?.description ?? "-"
    }
}
