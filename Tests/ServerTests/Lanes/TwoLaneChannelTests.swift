import Directory
import HTTPTypes
import HummingbirdCore
import NIOCore
import NIOEmbedded
import Testing

@testable import Relay
@testable import Server

/// A whole connection of a relay, both lanes in it.
@Suite(.timeLimit(.minutes(1)))
struct `A connection with two lanes` {
    private static let health = "GET /healthz HTTP/1.1\r\nHost: h\r\n\r\n"

    /// Lends a client and the task that serves its connection.
    private func withConnection(
        _ body: (NIOAsyncTestingChannel, Task<Void, Never>) async throws -> Void
    ) async throws {
        let loop = NIOAsyncTestingEventLoop()
        let relay = try await Relay(
            configuration: RelayConfiguration(messagesPerSecond: 0, historyDays: 0),
            publisher: .init(Sample.snapshot()),
            history: nil,
            declare: { _, _ in },
            group: loop,
            logger: .silent
        )
        let lane = TwoLaneChannel(
            responder: { _, writer, _ in
                let head = HTTPResponse(status: .ok, headerFields: [.contentLength: "4"])
                try await writer.write(response: head, body: .init(byteBuffer: ByteBuffer(string: "cold")))
            },
            coldLane: ColdLane(),
            fronts: try await FrontLoops(group: loop, relay: relay)
        )
        let client = NIOAsyncTestingChannel(loop: loop)
        let value = try await loop.submit { lane.setup(channel: client, logger: .silent) }.flatMap { $0 }.get()
        try await client.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).get()
        let served = Task { await lane.handle(value: value, logger: .silent) }
        try await body(client, served)
        try? await client.close().get()
        await loop.run()
        await served.value
    }

    /// Everything that is written until the text has come.
    private func written(to client: NIOAsyncTestingChannel, until text: String) async throws -> String {
        var written = ""
        while !written.contains(text) {
            written += String(buffer: try await client.waitForOutboundWrite(as: ByteBuffer.self))
        }
        return written
    }

    @Test
    func `is served hot, then cold, and never hot again`() async throws {
        try await withConnection { client, _ in
            let help = FrontHarness.request()
            try await client.writeInbound(ByteBuffer(string: help + Self.health + help))
            let first = try await written(to: client, until: "cold")
            #expect(first.contains(#""status":"completed""#))
            #expect(first.hasSuffix("cold"))
            // The last of the three is hot by its shape, and yet the cold lane's.
            let second = try await written(to: client, until: "cold")
            #expect(second.hasPrefix("HTTP/1.1 200 OK\r\n"), "\(second)")
        }
    }

    @Test
    func `needs no task once it ended hot`() async throws {
        try await withConnection { client, served in
            try await client.writeInbound(ByteBuffer(string: FrontHarness.request(fields: "Connection: close\r\n")))
            await client.testingEventLoop.run()
            await served.value
            #expect(!client.isActive)
        }
    }

    @Test(arguments: [false, true])
    func `closes when its task is cancelled`(isCold: Bool) async throws {
        try await withConnection { client, served in
            if isCold {
                try await client.writeInbound(ByteBuffer(string: Self.health))
                _ = try await written(to: client, until: "cold")
            }
            served.cancel()
            try await client.closeFuture.get()
            await served.value
        }
    }
}
