import API
import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOCore
import NIOEmbedded

@testable import Server

/// A connection that is cold from the start, served as the server serves it, on an event loop whose time the test moves.
struct ColdHarness: Sendable {
    let loop: NIOAsyncTestingEventLoop
    let client: NIOAsyncTestingChannel
    private let journal: Journal

    /// Lends a connection, and closes it if it is still open.
    static func with(_ body: (ColdHarness) async throws -> Void) async throws {
        let loop = NIOAsyncTestingEventLoop()
        let journal = Journal()
        let client = try await NIOAsyncTestingChannel(loop: loop) { channel in
            try channel.pipeline.syncOperations.addHandler(SocketEnd(journal))
        }
        client.allowRemoteHalfClosure = true
        try await client.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).get()
        let responder = router().buildResponder()
        let lane = TwoLaneChannel(
            responder: { request, writer, channel in
                let context = APIRequestContext(source: .init(channel: channel, logger: .silent))
                let response = try await responder.respond(to: request, context: context)
                try await writer.write(response: response.head, body: response.body)
            },
            coldLane: ColdLane(),
            fronts: nil
        )
        let value = try await loop.submit { lane.setup(channel: client, logger: .silent) }.flatMap { $0 }.get()
        async let served: Void = lane.handle(value: value, logger: .silent)
        try await body(ColdHarness(loop: loop, client: client, journal: journal))
        try? await client.close().get()
        await loop.run()
        await served
    }

    /// Routes that read the body, that do not, and that have none.
    private static func router() -> Router<APIRequestContext> {
        let router = Router.api(for: .all)
        router.get("/healthz") { _, _ in Response(status: .ok, body: .init(byteBuffer: ByteBuffer(string: "alive"))) }
        router.post("/echo") { request, _ in
            Response(json: try await request.jsonObject())
        }
        router.post("/deaf") { _, _ in
            Response(status: .ok, body: .init(byteBuffer: ByteBuffer(string: "done")))
        }
        return router
    }

    func send(_ text: String) async throws {
        // Not by the channel's own means, which throw whatever error reaches the end of the pipeline.
        try await loop.executeInContext { [client] in
            client.pipeline.fireChannelRead(ByteBuffer(string: text))
            client.pipeline.fireChannelReadComplete()
        }
    }

    /// The next response, when it is whole; the time limit of the test ends a wait in vain.
    func response() async throws -> ReceivedResponse {
        var bytes: [UInt8] = []
        while true {
            bytes += try await client.waitForOutboundWrite(as: ByteBuffer.self).readableBytesView
            guard let response = ReceivedResponse.take(from: &bytes) else { continue }
            // Responses are written one by one, so nothing of the next is here.
            guard bytes.isEmpty else { throw ChannelError.inappropriateOperationForState }
            return response
        }
    }

    /// What was asked of the client's socket since the last look.
    func socket() async -> [String] {
        await loop.run()
        return journal.take()
    }

    /// Whether anything was written that was not looked at.
    func hasMore() async throws -> Bool {
        while let written = try await client.readOutbound(as: ByteBuffer.self) {
            if written.readableBytes > 0 { return true }
        }
        return false
    }

    func advance(by time: TimeAmount) async {
        await loop.advanceTime(by: time)
    }

    func endInput() async throws {
        try await loop.executeInContext { [client] in
            client.pipeline.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
        }
    }
}
