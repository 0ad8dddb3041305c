public import NIOCore

/// Writes a server's frames (RFC 6455 section 5): whole, unmasked, with the shortest length.
public enum WebSocketWriter {
    /// A text frame around UTF-8.
    public static func text(_ utf8: [UInt8], allocator: ByteBufferAllocator) -> ByteBuffer {
        var frame = allocator.buffer(capacity: utf8.count + WebSocketFrame.maximumHeadLength)
        write(.text, length: utf8.count, into: &frame)
        frame.writeBytes(utf8)
        return frame
    }

    /// What a message that was read is answered with by an echo: a frame of the same kind.
    public static func message(_ payload: ByteBuffer, isText: Bool) -> ByteBuffer {
        frame(isText ? .text : .binary, payload)
    }

    public static func ping() -> ByteBuffer {
        frame(.ping, ByteBuffer())
    }

    /// - Parameter payload: the ping's, at most 125 bytes.
    public static func pong(_ payload: ByteBuffer) -> ByteBuffer {
        frame(.pong, payload)
    }

    /// - Parameters:
    ///   - code: nil says none.
    ///   - reason: for the peer's log; cut to the 123 bytes that there is room for.
    public static func close(_ code: WebSocketCloseCode?, reason: String = "") -> ByteBuffer {
        guard let code else { return frame(.close, ByteBuffer()) }
        var payload = ByteBuffer(integer: code.rawValue)
        var room = WebSocketFrame.maximumControlPayload - payload.readableBytes
        payload.writeString(
            String(
                reason.prefix { character in
                    room -= character.utf8.count
                    return room >= 0
                }
            )
        )
        return frame(.close, payload)
    }

    private static func frame(_ opcode: WebSocketOpcode, _ payload: ByteBuffer) -> ByteBuffer {
        var frame = ByteBuffer()
        frame.reserveCapacity(payload.readableBytes + WebSocketFrame.maximumHeadLength)
        write(opcode, length: payload.readableBytes, into: &frame)
        frame.writeImmutableBuffer(payload)
        return frame
    }

    private static func write(_ opcode: WebSocketOpcode, length: Int, into frame: inout ByteBuffer) {
        frame.writeInteger(WebSocketFrame.final | opcode.rawValue)
        switch length {
        case ..<Int(WebSocketFrame.length16): frame.writeInteger(UInt8(length))
        case ...Int(UInt16.max): frame.writeMultipleIntegers(WebSocketFrame.length16, UInt16(length))
        default: frame.writeMultipleIntegers(WebSocketFrame.length64, UInt64(length))
        }
    }
}
