/// What a frame carries (RFC 6455 section 11.8).
enum WebSocketOpcode: UInt8 {
    case continuation = 0x0
    case text = 0x1
    case binary = 0x2
    case close = 0x8
    case ping = 0x9
    case pong = 0xA

    /// Control frames are short, whole, and may stand between the fragments of a message (section 5.5).
    var isControl: Bool { rawValue >= 0x8 }
}

/// Bits and bounds of a frame's head (RFC 6455 section 5.2).
enum WebSocketFrame {
    static let final: UInt8 = 0x80
    static let reserved: UInt8 = 0x70
    static let opcode: UInt8 = 0x0F
    static let masked: UInt8 = 0x80
    static let length: UInt8 = 0x7F
    /// Says that the length follows in two bytes.
    static let length16: UInt8 = 126
    /// Says that the length follows in eight bytes.
    static let length64: UInt8 = 127
    static let maskBytes = 4
    static let maximumControlPayload = 125
    /// Two bytes, a length in eight, a mask.
    static let maximumHeadLength = 14
}

/// Why a connection is closed (RFC 6455 section 7.4). Codes from 4000 are for each protocol to name.
public struct WebSocketCloseCode: RawRepresentable, Sendable, Hashable {
    public let rawValue: UInt16

    public init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    /// The purpose of the connection is fulfilled.
    public static let normal = Self(rawValue: 1000)
    /// A frame breaks the protocol.
    public static let protocolError = Self(rawValue: 1002)
    /// A text is not UTF-8.
    public static let invalidPayload = Self(rawValue: 1007)
    /// A message is larger than is taken.
    public static let messageTooBig = Self(rawValue: 1009)

    /// Whether it may stand in a close frame; 1005, 1006 and 1015 never do, what nobody registered neither.
    var isSendable: Bool {
        switch rawValue {
        case 1000...1003, 1007...1014, 3000...4999: true
        default: false
        }
    }
}

/// What a peer did that the protocol forbids. The connection is closed with ``code``; nothing after it is read.
public struct WebSocketViolation: Error, Sendable, Equatable {
    public let code: WebSocketCloseCode
    /// A few words for the peer's log, within the 123 bytes that a close frame has room for.
    public let reason: String

    static func `protocol`(_ reason: String) -> Self { Self(code: .protocolError, reason: reason) }
    static let notUTF8 = Self(code: .invalidPayload, reason: "A text is not UTF-8.")
    static func tooBig(_ maximum: Int) -> Self {
        Self(code: .messageTooBig, reason: "A message has at most \(maximum) bytes.")
    }
}
