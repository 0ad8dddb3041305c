import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import NIOHTTPTypesHTTP1

/// A connection as the cold lane has it: requests in, responses out, as parts.
typealias ColdChannel = NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>

/// Builds the ordinary HTTP/1.1 pipeline of a connection.
///
/// ```
/// bytes ─► HTTPRequestDecoder ─► RequestGuard ─► HTTP1ToHTTPServerCodec ─► HTTPConnectionStateHandler ─► ColdChannel
/// ```
struct ColdLane: Sendable {
    /// Bytes of one header field, and of all of them. Enough for any cookie or key; more is an attack or a mistake.
    static let maximumHeadLength = 16 * 1024
    static let maximumFields = 100
    /// A connection without a request is closed after this.
    static let idlePatience: Duration = .seconds(75)

    /// Adds the handlers at the end of the channel's pipeline. On the channel's event loop.
    func addHandlers(to channel: any Channel, logger: Logger) throws -> ColdChannel {
        var limits = NIOHTTPDecoderLimitConfiguration()
        limits.maxHeaderFieldSize = Self.maximumHeadLength
        limits.maxHeaderListSize = Self.maximumHeadLength
        limits.maxHeaderFieldCount = Self.maximumFields
        let decoder = HTTPRequestDecoder(leftOverBytesStrategy: .dropBytes, limitConfiguration: limits)
        let pipeline = channel.pipeline.syncOperations
        try pipeline.addHandler(HTTPResponseEncoder())
        try pipeline.addHandler(ByteToMessageHandler(decoder))
        try pipeline.addHandler(RequestGuard())
        try pipeline.addHandler(HTTP1ToHTTPServerCodec(secure: false))
        try pipeline.addHandler(HTTPConnectionStateHandler(idleTimeout: Self.idlePatience, logger: logger))
        return try NIOAsyncChannel(
            wrappingChannelSynchronously: channel,
            configuration: .init(isOutboundHalfClosureEnabled: true)
        )
    }
}
