import BSON
import Directory
import NIOCore
import Wire

/// One message on its way to a webhook. Confined to its event loop.
final class WebhookCall {
    let endpoint: WebhookEndpoint
    let message: Message
    /// When the whole exchange, with connecting, has to be over.
    let deadline: NIODeadline
    /// Counts from 1.
    private(set) var attempt = 1

    private let signer: WebhookSigner
    private var receiver: (any WebhookCallReceiver)?
    /// The connection that carries it.
    var connection: WebhookConnection?

    init(
        _ message: Message,
        to endpoint: WebhookEndpoint,
        signer: WebhookSigner,
        deadline: NIODeadline,
        receiver: any WebhookCallReceiver
    ) {
        self.message = message
        self.endpoint = endpoint
        self.signer = signer
        self.deadline = deadline
        self.receiver = receiver
    }

    /// How long the whole exchange may take.
    static let patience: TimeAmount = .seconds(30)
    /// How long until there is a connection, its TLS handshake included.
    static let connectPatience: TimeAmount = .seconds(3)

    /// False once its result was told.
    var isOpen: Bool { receiver != nil }

    /// Tells the result; whatever comes later is nobody's.
    func end(_ result: WebhookResult) {
        guard let receiver else { return }
        self.receiver = nil
        connection = nil
        receiver.call(self, ended: result)
    }

    /// Nobody waits for its result any more. The connection goes with it: the answer of one call must not pass for the
    /// next one's.
    func cancel() {
        receiver = nil
        connection?.abandon()
        connection = nil
    }

    /// Ends it when its time is over.
    func checkDeadline(now: NIODeadline) {
        guard isOpen, deadline <= now else { return }
        connection?.abandon()
        end(.failed(.timedOut))
    }

    /// Notes that the message goes out once more, with the same id.
    func countRetry() {
        attempt += 1
    }

    /// The whole request as bytes, signed as of now.
    func request(now: Instant, allocator: ByteBufferAllocator) -> ByteBuffer {
        let body = message.delivery(attempt: attempt)
        let id = message.id.description
        let seconds = now.milliseconds / 1000
        let signature = signer.signature(id: id, seconds: seconds, body: body, now: now)
        var buffer = allocator.buffer(
            capacity: endpoint.headPrefix.readableBytes + signature.utf8.count + 160 + body.count
        )
        buffer.writeImmutableBuffer(endpoint.headPrefix)
        buffer.writeString(id)
        buffer.writeStaticString("\r\nwebhook-timestamp: ")
        buffer.writeString(String(seconds))
        buffer.writeStaticString("\r\nwebhook-signature: ")
        buffer.writeString(signature)
        buffer.writeStaticString("\r\ncontent-length: ")
        buffer.writeString(String(body.count))
        buffer.writeStaticString("\r\n\r\n")
        buffer.writeBytes(body)
        return buffer
    }
}

/// How a call ended.
enum WebhookResult {
    case response(WebhookResponse)
    /// There was no connection, so that the bot never saw the message.
    case unreachable(Presence.Reason)
    /// There was a connection and no response that we take.
    case failed(Failure)

    enum Failure {
        case timedOut
        case closed
        case invalid(WebhookResponseFailure)
    }
}

/// Whoever made a call. Told once, on the call's event loop.
protocol WebhookCallReceiver: AnyObject {
    func call(_ call: WebhookCall, ended result: WebhookResult)
}

extension Message {
    /// The message as its bot gets it, over either delivery: `{type: "message", id, attempt, company, bot, command, tokens,
    /// text, member: {id, name}}`.
    func delivery(attempt: Int) -> [UInt8] {
        var body: JSON.Object = [:]
        body.append("type", "message")
        body.append("id", .string(id.description))
        body.append("attempt", .integer(Int64(attempt)))
        body.append("company", .string(company))
        body.append("bot", bot.map { .string($0.id.text) } ?? .null)
        body.append("command", command.map { .string($0) } ?? .null)
        body.append("tokens", .object(tokens))
        body.append("text", .string(text))
        body.append("member", .object(["id": .string(member.id.text), "name": .string(member.name)]))
        return JSON.object(body).bytes
    }
}
