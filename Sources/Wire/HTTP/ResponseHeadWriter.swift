public import NIOCore

/// Writes the heads of hot responses from parts made once.
public struct ResponseHeadWriter: Sendable {
    private let contentType: StaticString
    private let prefixes: [Int: ByteBuffer]

    /// - Parameter statuses: the statuses that responses of this kind have, with their reason phrases.
    public init(contentType: StaticString, statuses: [Int: String]) {
        self.contentType = contentType
        prefixes = statuses.reduce(into: [:]) { prefixes, status in
            prefixes[status.key] = ByteBuffer(
                string: """
                    HTTP/1.1 \(status.key) \(status.value)\r\n\
                    content-type: \(contentType)\r\n\
                    cache-control: no-store\r\n\
                    content-length: 
                    """
            )
        }
    }

    /// Appends a whole head.
    ///
    /// - Parameters:
    ///   - status: one of those given at the start.
    ///   - contentLength: bytes of the body.
    ///   - date: the value of `Date` (RFC 9110 section 5.6.7), made once a second.
    ///   - fields: further field lines, each with its CRLF.
    public func write(
        status: Int,
        contentLength: Int,
        date: String,
        keepsAlive: Bool,
        fields: String = "",
        into buffer: inout ByteBuffer
    ) {
        guard let prefix = prefixes[status] else {
            preconditionFailure("No head was prepared for status \(status) of \(contentType).")
        }
        buffer.writeImmutableBuffer(prefix)
        buffer.writeString(String(contentLength))
        buffer.writeStaticString("\r\ndate: ")
        buffer.writeString(date)
        buffer.writeStaticString("\r\n")
        if !keepsAlive { buffer.writeStaticString("connection: close\r\n") }
        if !fields.isEmpty { buffer.writeString(fields) }
        buffer.writeStaticString("\r\n")
    }
}
