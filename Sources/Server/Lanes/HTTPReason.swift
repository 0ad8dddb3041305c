import NIOHTTP1

/// The reason phrases of statuses (RFC 9110 section 15).
enum HTTPReason {
    static func phrase(of status: Int) -> String {
        HTTPResponseStatus(statusCode: status).reasonPhrase
    }
}
