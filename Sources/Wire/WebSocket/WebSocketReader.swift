public import NIOCore

/// Reads what a WebSocket client sends (RFC 6455 section 5), strictly: masks, reserved bits, opcodes, lengths, fragments,
/// close codes and UTF-8. Extensions are never agreed to, so every reserved bit is a violation.
///
/// Confined to the connection's event loop. Behind a violation or a close nothing means anything: whoever reads stops.
public struct WebSocketReader {
    /// A message or a control frame, whole and unmasked.
    public enum Event: Equatable {
        /// Well-formed UTF-8.
        case text(ByteBuffer)
        case binary(ByteBuffer)
        case ping(ByteBuffer)
        case pong
        /// The peer closes; nil when it gave no code.
        case close(WebSocketCloseCode?)
    }

    /// Bytes of one message over all its fragments.
    private let maximumMessageLength: Int
    /// The fragments of a message so far; nil between messages.
    private var fragments: Fragments?

    private struct Fragments {
        let isText: Bool
        var payload: ByteBuffer
        /// Bytes of `payload` that are known to be whole UTF-8 characters.
        var checked = 0
    }

    public init(maximumMessageLength: Int) {
        self.maximumMessageLength = maximumMessageLength
    }

    /// Takes the next message or control frame out of the bytes that came. Nil when it is not there yet; fragments that
    /// are whole are taken all the same.
    public mutating func next(_ bytes: inout ByteBuffer) throws(WebSocketViolation) -> Event? {
        while let head = try head(of: bytes) {
            guard bytes.readableBytes >= head.length + head.payloadLength else { return nil }
            bytes.moveReaderIndex(forwardBy: head.length)
            guard var payload = bytes.readSlice(length: head.payloadLength) else { return nil }
            payload.unmask(with: head.mask)
            if head.opcode.isControl { return try control(head.opcode, payload) }
            if let event = try take(head, payload) { return event }
        }
        return nil
    }

    private struct Head {
        let isFinal: Bool
        let opcode: WebSocketOpcode
        let length: Int
        let payloadLength: Int
        let mask: UInt32
    }

    /// The head at the front, checked as far as it can be without its payload.
    private func head(of bytes: ByteBuffer) throws(WebSocketViolation) -> Head? {
        let start = bytes.readerIndex
        guard let first: UInt8 = bytes.getInteger(at: start) else { return nil }
        guard first & WebSocketFrame.reserved == 0 else { throw .protocol("A reserved bit is set.") }
        guard let opcode = WebSocketOpcode(rawValue: first & WebSocketFrame.opcode) else {
            throw .protocol("An opcode is unknown.")
        }
        let isFinal = first & WebSocketFrame.final != 0
        if opcode.isControl, !isFinal { throw .protocol("A control frame is fragmented.") }
        if opcode == .continuation, fragments == nil { throw .protocol("A continuation continues nothing.") }
        if opcode == .text || opcode == .binary, fragments != nil {
            throw .protocol("A message begins within another.")
        }
        guard let second: UInt8 = bytes.getInteger(at: start + 1) else { return nil }
        guard second & WebSocketFrame.masked != 0 else { throw .protocol("A client's frame is not masked.") }
        guard let (payloadLength, lengthBytes) = try payloadLength(second & WebSocketFrame.length, bytes, start + 2)
        else { return nil }
        if opcode.isControl, payloadLength > WebSocketFrame.maximumControlPayload {
            throw .protocol("A control frame is longer than 125 bytes.")
        }
        let before = opcode.isControl ? 0 : fragments?.payload.readableBytes ?? 0
        guard before + payloadLength <= maximumMessageLength else { throw .tooBig(maximumMessageLength) }
        guard let mask: UInt32 = bytes.getInteger(at: start + 2 + lengthBytes, endianness: .little) else { return nil }
        return Head(
            isFinal: isFinal,
            opcode: opcode,
            length: 2 + lengthBytes + WebSocketFrame.maskBytes,
            payloadLength: payloadLength,
            mask: mask
        )
    }

    /// The length and how many further bytes say it; the shortest form that holds it is the only one.
    private func payloadLength(
        _ short: UInt8,
        _ bytes: ByteBuffer,
        _ index: Int
    ) throws(WebSocketViolation) -> (Int, Int)? {
        switch short {
        case WebSocketFrame.length16:
            guard let length: UInt16 = bytes.getInteger(at: index) else { return nil }
            guard length >= UInt16(WebSocketFrame.length16) else { throw .protocol("A length is not minimal.") }
            return (Int(length), 2)
        case WebSocketFrame.length64:
            guard let length: UInt64 = bytes.getInteger(at: index) else { return nil }
            guard length > UInt64(UInt16.max), length <= UInt64(Int64.max) else {
                throw .protocol("A length is not minimal, or no length.")
            }
            // One that is far too big is refused before it is added to anything.
            guard length <= UInt64(maximumMessageLength) else { throw .tooBig(maximumMessageLength) }
            return (Int(length), 8)
        default:
            return (Int(short), 0)
        }
    }

    private mutating func take(_ head: Head, _ payload: ByteBuffer) throws(WebSocketViolation) -> Event? {
        guard var message = fragments else {
            if head.isFinal {
                guard head.opcode == .text else { return .binary(payload) }
                guard payload.wholeUTF8Length(isComplete: true) != nil else { throw .notUTF8 }
                return .text(payload)
            }
            return try keep(Fragments(isText: head.opcode == .text, payload: payload), isFinal: false)
        }
        fragments = nil
        message.payload.writeImmutableBuffer(payload)
        return try keep(message, isFinal: head.isFinal)
    }

    /// A text is checked fragment by fragment, so that a peer learns early, and no byte twice.
    private mutating func keep(_ message: Fragments, isFinal: Bool) throws(WebSocketViolation) -> Event? {
        var message = message
        if message.isText {
            var unchecked = message.payload
            unchecked.moveReaderIndex(forwardBy: message.checked)
            guard let whole = unchecked.wholeUTF8Length(isComplete: isFinal) else { throw .notUTF8 }
            message.checked += whole
        }
        guard isFinal else {
            fragments = message
            return nil
        }
        return message.isText ? .text(message.payload) : .binary(message.payload)
    }

    private func control(_ opcode: WebSocketOpcode, _ payload: ByteBuffer) throws(WebSocketViolation) -> Event {
        switch opcode {
        case .ping: return .ping(payload)
        case .close: return try close(payload)
        default: return .pong
        }
    }

    private func close(_ payload: ByteBuffer) throws(WebSocketViolation) -> Event {
        var payload = payload
        if payload.readableBytes == 0 { return .close(nil) }
        guard let number: UInt16 = payload.readInteger() else { throw .protocol("A close code has two bytes.") }
        let code = WebSocketCloseCode(rawValue: number)
        guard code.isSendable else { throw .protocol("\(number) is no close code.") }
        guard payload.wholeUTF8Length(isComplete: true) != nil else { throw .notUTF8 }
        return .close(code)
    }
}

extension ByteBuffer {
    /// Undoes the mask of a frame (RFC 6455 section 5.3), eight bytes at a time.
    ///
    /// - Parameter mask: its four bytes, the first in the lowest bits.
    mutating func unmask(with mask: UInt32) {
        guard mask != 0 else { return }
        withUnsafeMutableReadableBytes { bytes in
            let wide = UInt64(mask) << 32 | UInt64(mask)
            var index = 0
            while index + 8 <= bytes.count {
                let word = bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
                bytes.storeBytes(of: word ^ wide.littleEndian, toByteOffset: index, as: UInt64.self)
                index += 8
            }
            while index < bytes.count {
                bytes[index] ^= UInt8(truncatingIfNeeded: mask >> (UInt32(index & 3) * 8))
                index += 1
            }
        }
    }
}
