import API
import BSON
import Directory
import NIOCore

/// What the relay says over a bot's socket, as the bytes of a text frame (design section 6).
enum RelayFrame {
    /// The first frame: which bot the key belongs to, which process this is, and how often it pings.
    static func hello(bot: ResourceID, node: String) -> [UInt8] {
        bytes([
            "type": "hello",
            "bot": .string(bot.text),
            "node": .string(node),
            "heartbeat_seconds": .integer(Heartbeat.interval.nanoseconds / 1_000_000_000),
        ])
    }

    /// The reply or error to this message was taken.
    static func accepted(_ id: String) -> [UInt8] {
        bytes(["type": "accepted", "id": .string(id)])
    }

    /// The commands were taken.
    static let declared = bytes(["type": "declared"])

    /// The bot is to dial again after a while; then this connection closes.
    static func drain(reconnectAfterMilliseconds: Int64) -> [UInt8] {
        bytes(["type": "drain", "reconnect_after_ms": .integer(reconnectAfterMilliseconds)])
    }

    /// Asks which values of a token fit now.
    static func complete(id: String, command: String, tokens: JSON.Object, token: String) -> [UInt8] {
        bytes([
            "type": "complete",
            "id": .string(id),
            "command": .string(command),
            "tokens": .object(tokens),
            "token": .string(token),
        ])
    }

    /// What is wrong with a frame, as the catalogue says it.
    ///
    /// - Parameter id: the message that the frame was about.
    static func problem(_ problem: Problem, id: String? = nil) -> [UInt8] {
        var frame: JSON.Object = ["type": "problem"]
        if let id { frame["id"] = .string(id) }
        for (key, value) in problem.body(in: .english) where key != "type" && key != "id" { frame[key] = value }
        return bytes(frame)
    }

    private static func bytes(_ frame: JSON.Object) -> [UInt8] {
        JSON.object(frame).bytes
    }
}
