import API
import Directory
import NIOCore
import NIOEmbedded

@testable import Relay
@testable import Server

/// A front handler between a client and a relay whose bot has a connection that stands, all on one event loop without a
/// socket, whose time the test moves.
struct FrontHarness: Sendable {
    let loop: NIOAsyncTestingEventLoop
    let relay: Relay
    let client: NIOAsyncTestingChannel
    let bot: NIOAsyncTestingChannel
    let front: NIOLoopBound<FrontLoop>
    /// What was asked of the client's socket.
    let socket = Journal()
    /// What the cold lane was given, `bytes` and `event` lines; `turn` when it was built.
    let cold = Journal()
    private let ends = Journal()

    init(messagesPerSecond: Int = 0) async throws {
        let loop = NIOAsyncTestingEventLoop()
        let relay = try await Relay(
            configuration: RelayConfiguration(messagesPerSecond: messagesPerSecond, historyDays: 0),
            publisher: SnapshotPublisher(Sample.snapshot()),
            history: nil,
            declare: { _, _ in },
            group: loop,
            logger: .silent
        )
        let bot = try await Self.connectBot(to: relay, on: loop)
        let front =
            try await loop.submit {
                NIOLoopBound(FrontLoop(eventLoop: loop, relay: relay.loop(on: loop)), eventLoop: loop)
            }
            .get()
        try await self.init(loop: loop, relay: relay, bot: bot, front: front)
    }

    /// Another client of the same front.
    func reconnected() async throws -> FrontHarness {
        try await FrontHarness(loop: loop, relay: relay, bot: bot, front: front)
    }

    private init(
        loop: NIOAsyncTestingEventLoop,
        relay: Relay,
        bot: NIOAsyncTestingChannel,
        front: NIOLoopBound<FrontLoop>
    ) async throws {
        self.loop = loop
        self.relay = relay
        self.bot = bot
        self.front = front
        client = try await NIOAsyncTestingChannel(loop: loop) { [socket, cold, ends] channel in
            let handler = FrontHandler(
                loop: front.value,
                turnCold: { channel in
                    cold.note("turn")
                    // The front cannot go on without it; a test without it fails.
                    try? channel.pipeline.syncOperations.addHandler(ColdEnd(cold))
                },
                endHot: { ends.note("hot") }
            )
            try channel.pipeline.syncOperations.addHandlers([SocketEnd(socket), handler])
        }
        try await client.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).get()
        _ = socket.take()
    }

    /// A connection of the relay's pool, idle after a first call.
    private static func connectBot(
        to relay: Relay,
        on loop: NIOAsyncTestingEventLoop
    ) async throws -> NIOAsyncTestingChannel {
        let channel = try await NIOAsyncTestingChannel(loop: loop) { _ in }
        try await channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 2)).get()
        try await loop.submit {
            let loop = relay.loop(on: loop)
            guard let endpoint = WebhookEndpoint(url: Sample.webhook) else { return }
            var ids = MessageIDSource(node: 0, loop: 0)
            let message = Message(
                id: ids.next(milliseconds: 0),
                request: NewMessage(text: "/"),
                member: Sample.member,
                now: .now
            )
            let call = WebhookCall(
                message,
                to: endpoint,
                signer: WebhookSigner(secrets: []),
                deadline: .distantFuture,
                receiver: Nobody()
            )
            let connection = WebhookConnection(server: endpoint.server, pool: loop.pool, call: call)
            try channel.pipeline.syncOperations.addHandler(connection)
        }
        .get()
        try await channel.writeInbound(ByteBuffer(string: "HTTP/1.1 204 No Content\r\n\r\n"))
        while try await channel.readOutbound(as: ByteBuffer.self) != nil {}
        return channel
    }
}

extension FrontHarness {
    func send(_ text: String) async throws {
        try await client.writeInbound(ByteBuffer(string: text))
    }

    func send(_ bytes: some Collection<UInt8>) async throws {
        try await client.writeInbound(ByteBuffer(bytes: bytes))
    }

    /// All that the client was sent since the last look; nil when it is not whole responses.
    func responses() async throws -> [ReceivedResponse]? {
        ReceivedResponse.all(in: try await Self.written(to: client))
    }

    /// What the bot was sent since the last look.
    func calls() async throws -> String {
        String(decoding: try await Self.written(to: bot), as: UTF8.self)
    }

    func botAnswers(_ text: String) async throws {
        let head = "HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: \(text.utf8.count)\r\n\r\n"
        try await bot.writeInbound(ByteBuffer(string: head + text))
    }

    private static func written(to channel: NIOAsyncTestingChannel) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        while let buffer = try await channel.readOutbound(as: ByteBuffer.self) { bytes += buffer.readableBytesView }
        return bytes
    }

    func fire(_ event: some Sendable) async throws {
        try await loop.executeInContext { [client] in client.pipeline.fireUserInboundEventTriggered(event) }
    }

    /// What the front does once a second, after this much time.
    func sweep(after wait: TimeAmount) async throws {
        await loop.advanceTime(by: wait)
        try await loop.executeInContext { [front, loop] in front.value.sweep(now: loop.now) }
    }

    /// Asks for more bytes as a socket's channel does by itself; whether that reaches the socket.
    func reads() async throws -> Bool {
        try await loop.executeInContext { [client] in client.pipeline.read() }
        return socket.take() == ["read"]
    }

    /// How the connection ended: `hot` when it never turned cold.
    func ended() async -> [String] {
        await loop.run()
        return ends.take()
    }

    /// Whether the front handler still stands in the pipeline.
    func isHot() async throws -> Bool {
        try await loop.executeInContext { [client] in
            (try? client.pipeline.syncOperations.handler(type: FrontHandler.self)) != nil
        }
    }

    /// A request in the plain shape.
    static func request(
        _ body: String = #"{"text":"/help"}"#,
        key: String = Sample.memberKey.text,
        fields: String = ""
    ) -> String {
        """
        POST /v1/messages HTTP/1.1\r
        Host: chat.example.com\r
        Authorization: Bearer \(key)\r
        Content-Type: application/json\r
        \(fields)Content-Length: \(body.utf8.count)\r
        \r
        \(body)
        """
    }

    /// A request that is with the bot for as long as it likes.
    static let slow = request(#"{"text":"/예약 회의실 10~11","wait_seconds":30}"#)
}

/// Stands where the ordinary pipeline would be.
private final class ColdEnd: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let journal: Journal

    init(_ journal: Journal) {
        self.journal = journal
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        journal.note("bytes " + String(buffer: unwrapInboundIn(data)))
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        journal.note("event \(event)")
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        journal.note("error")
    }

    func channelInactive(context: ChannelHandlerContext) {
        journal.note("inactive")
    }
}

/// Is told of the first call and forgets it.
private final class Nobody: WebhookCallReceiver {
    func call(_ call: WebhookCall, ended result: WebhookResult) {}
}
