import Crypto
import Foundation
public import NIOCore

/// The server's half of the opening handshake (RFC 6455 section 4.2).
public enum WebSocketHandshake {
    /// The response that opens the connection.
    ///
    /// - Parameter key: the value of the request's `Sec-WebSocket-Key`.
    public static func response(key: UnsafeRawBufferPointer) -> ByteBuffer {
        var hash = Insecure.SHA1()
        hash.update(bufferPointer: key)
        hash.update(data: magic)
        return ByteBuffer(
            string: """
                HTTP/1.1 101 Switching Protocols\r\n\
                upgrade: websocket\r\n\
                connection: Upgrade\r\n\
                sec-websocket-accept: \(Data(hash.finalize()).base64EncodedString())\r\n\
                \r\n
                """
        )
    }

    /// Whether a value is 16 bytes in Base64.
    static func isKey(_ value: UnsafeRawBufferPointer) -> Bool {
        value.count == 24 && Data(base64Encoded: Data(value))?.count == 16
    }

    private static let magic = Data("258EAFA5-E914-47DA-95CA-C5AB0DC85B11".utf8)
}
