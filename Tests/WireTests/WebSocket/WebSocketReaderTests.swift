import NIOCore
import Testing

@testable import Wire

/// A client's frame, masked as a client's is unless said otherwise.
private func frame(
    _ opcode: UInt8,
    _ payload: [UInt8] = [],
    isFinal: Bool = true,
    reserved: UInt8 = 0,
    mask: [UInt8]? = [0x12, 0x34, 0x56, 0x78]
) -> [UInt8] {
    var bytes: [UInt8] = [(isFinal ? 0x80 : 0) | reserved << 4 | opcode]
    let bit: UInt8 = mask == nil ? 0 : 0x80
    switch payload.count {
    case ..<126: bytes.append(bit | UInt8(payload.count))
    case ...0xFFFF: bytes += [bit | 126, UInt8(payload.count >> 8), UInt8(payload.count & 0xFF)]
    default: bytes += [bit | 127] + (0..<8).reversed().map { UInt8(payload.count >> ($0 * 8) & 0xFF) }
    }
    guard let mask else { return bytes + payload }
    return bytes + mask + payload.enumerated().map { $1 ^ mask[$0 & 3] }
}

private func text(_ string: String, isFinal: Bool = true) -> [UInt8] {
    frame(1, Array(string.utf8), isFinal: isFinal)
}

@Suite
struct `What a WebSocket client sends` {
    private static let maximum = 70_000

    private func read(_ bytes: [UInt8]) throws(WebSocketViolation) -> [WebSocketReader.Event] {
        var reader = WebSocketReader(maximumMessageLength: Self.maximum)
        var buffer = ByteBuffer(bytes: bytes)
        var events: [WebSocketReader.Event] = []
        while let event = try reader.next(&buffer) { events.append(event) }
        return events
    }

    @Test(arguments: [0, 1, 7, 8, 9, 125, 126, 127, 65_535, 65_536, maximum])
    func `is unmasked, whatever its length`(length: Int) throws {
        let payload = (0..<length).map { UInt8($0 % 251) }
        #expect(try read(frame(2, payload)) == [.binary(ByteBuffer(bytes: payload))])
    }

    @Test
    func `is the same however it is cut`() throws {
        let bytes =
            text("가나") + text("다", isFinal: false) + frame(9, [1]) + frame(0, Array("라".utf8)) + frame(8, [3, 232])
        let expected: [WebSocketReader.Event] = [
            .text(ByteBuffer(string: "가나")), .ping(ByteBuffer(bytes: [1])), .text(ByteBuffer(string: "다라")),
            .close(.normal),
        ]
        for cut in 0...bytes.count {
            var reader = WebSocketReader(maximumMessageLength: Self.maximum)
            var events: [WebSocketReader.Event] = []
            var buffer = ByteBuffer(bytes: bytes[..<cut])
            while let event = try reader.next(&buffer) { events.append(event) }
            buffer.writeBytes(bytes[cut...])
            while let event = try reader.next(&buffer) { events.append(event) }
            #expect(events == expected, "cut after \(cut) bytes")
        }
    }

    @Test
    func `may be a text whose fragments cut a character`() throws {
        let bytes = Array("각😀".utf8)
        for cut in 0...bytes.count {
            let events = try read(frame(1, Array(bytes[..<cut]), isFinal: false) + frame(0, Array(bytes[cut...])))
            #expect(events == [.text(ByteBuffer(bytes: bytes))])
        }
    }

    struct Violation: Sendable, CustomTestStringConvertible {
        let what: String
        let bytes: [UInt8]
        var code: WebSocketCloseCode = .protocolError

        init(_ what: String, _ bytes: [UInt8], _ code: WebSocketCloseCode = .protocolError) {
            self.what = what
            self.bytes = bytes
            self.code = code
        }

        var testDescription: String { what }
    }

    static let violations: [Violation] = [
        Violation("not masked", frame(1, [65], mask: nil)),
        Violation("a reserved bit", frame(1, [65], reserved: 4)),
        Violation("an unknown opcode", frame(3)),
        Violation("an unknown control opcode", frame(11)),
        Violation("a fragmented ping", frame(9, isFinal: false)),
        Violation("a long ping", frame(9, Array(repeating: 0, count: 126))),
        Violation("a continuation of nothing", frame(0, [65])),
        Violation("a message within a message", text("a", isFinal: false) + text("b")),
        Violation("a length of two bytes for what fits into one", [0x82, 0xFE, 0, 5] + Array(repeating: 0, count: 9)),
        Violation("a length of eight bytes for what fits into two", [0x82, 0xFF, 0, 0, 0, 0, 0, 0, 1, 0]),
        Violation("a negative length", [0x82, 0xFF, 0x80, 0, 0, 0, 0, 0, 0, 0]),
        Violation("a message that is too big", frame(2, Array(repeating: 0, count: maximum + 1)), .messageTooBig),
        Violation("the announcement of one", [0x82, 0xFF, 0x7F, 0, 0, 0, 0, 0, 0, 0], .messageTooBig),
        Violation(
            "fragments that are too big together",
            frame(2, Array(repeating: 0, count: maximum), isFinal: false) + frame(0, [0]),
            .messageTooBig
        ),
        Violation("a text that is not UTF-8", frame(1, [0xC3, 0x28]), .invalidPayload),
        Violation("a surrogate", frame(1, [0xED, 0xA0, 0x80]), .invalidPayload),
        Violation("an overlong form", frame(1, [0xC0, 0xAF]), .invalidPayload),
        Violation("a text that ends in a character", frame(1, [0xEA, 0xB0]), .invalidPayload),
        Violation(
            "a first fragment that cannot become UTF-8",
            frame(1, [0x41, 0xFF], isFinal: false),
            .invalidPayload
        ),
        Violation("a close code of one byte", frame(8, [3])),
        Violation("a close code that is never sent", frame(8, [3, 237])),
        Violation("a close code that nobody has", frame(8, [0, 0])),
        Violation("a close reason that is not UTF-8", frame(8, [3, 232, 0xFF]), .invalidPayload),
    ]

    @Test(arguments: violations)
    func `is refused when the protocol forbids it`(violation: Violation) {
        let error = #expect(throws: WebSocketViolation.self) { try read(violation.bytes) }
        #expect(error?.code == violation.code)
        #expect((error?.reason.utf8.count ?? 200) <= 123)
    }

    @Test
    func `may be a control frame while the largest message is in hand`() throws {
        let half = Array(repeating: UInt8(0), count: Self.maximum / 2)
        let events = try read(frame(2, half, isFinal: false) + frame(9, [7]) + frame(0, half))
        #expect(events == [.ping(ByteBuffer(bytes: [7])), .binary(ByteBuffer(bytes: half + half))])
    }
}

@Suite
struct `What a WebSocket server sends` {
    @Test(arguments: [0, 125, 126, 65_535, 65_536])
    func `says its length in the shortest form`(length: Int) {
        let payload = [UInt8](repeating: 65, count: length)
        let head: [UInt8] =
            switch length {
            case ..<126: [0x81, UInt8(length)]
            case ...65_535: [0x81, 126, UInt8(length >> 8), UInt8(length & 0xFF)]
            default: [0x81, 127, 0, 0, 0, 0, 0, 1, 0, 0]
            }
        #expect(Array(WebSocketWriter.text(payload, allocator: .init()).readableBytesView) == head + payload)
    }

    @Test
    func `cuts the reason of a close to what a control frame holds, at a character`() {
        let frame = Array(WebSocketWriter.close(.normal, reason: String(repeating: "가", count: 60)).readableBytesView)
        #expect(
            frame[..<4] == [0x88, 125, 3, 232] || frame[..<4] == [0x88, 124, 3, 232]
                || frame[..<4] == [0x88, 123, 3, 232]
        )
        #expect(String(validating: frame[4...], as: UTF8.self)?.allSatisfy { $0 == "가" } == true)
        #expect(Array(WebSocketWriter.close(nil).readableBytesView) == [0x88, 0])
    }

    /// The example of RFC 6455, section 1.3.
    @Test
    func `accepts the handshake of the specification's example`() {
        let response = Array("dGhlIHNhbXBsZSBub25jZQ==".utf8).withUnsafeBytes(WebSocketHandshake.response)
        #expect(String(buffer: response).contains("sec-websocket-accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"))
    }
}
