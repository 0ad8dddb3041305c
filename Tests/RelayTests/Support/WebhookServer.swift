import BSON
import Foundation
import NIOCore
import NIOPosix
import NIOSSL
import Synchronization
import Testing

@testable import Relay

/// A webhook's server on the loopback interface: hands every whole request to the test, which answers with the bytes that
/// it likes, when it likes.
final class WebhookServer: Sendable {
    private let listener: any Channel
    private let calls: AsyncStream<ReceivedCall>
    private let connections: AsyncStream<Int>

    var port: Int { listener.localAddress?.port ?? 0 }

    /// Lends a server and ends it.
    ///
    /// - Parameters:
    ///   - greeting: What it sends to everybody who connects, before anything is asked.
    ///   - tls: Speaks TLS with this.
    static func with<Value>(
        host: String = "127.0.0.1",
        greeting: String = "",
        tls: NIOSSLContext? = nil,
        _ body: (WebhookServer) async throws -> Value
    ) async throws -> Value {
        let (calls, continuation) = AsyncStream.makeStream(of: ReceivedCall.self)
        let (connections, accepted) = AsyncStream.makeStream(of: Int.self)
        let counter = Mutex(0)
        let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let number = counter.withLock { count in
                        count += 1
                        return count
                    }
                    accepted.yield(number)
                    if let tls { try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls)) }
                    let handler = WebhookServerHandler(connection: number, greeting: greeting) {
                        continuation.yield($0)
                    }
                    try channel.pipeline.syncOperations.addHandler(handler)
                }
            }
            .bind(host: host, port: 0)
            .get()
        let server = WebhookServer(listener: listener, calls: calls, connections: connections)
        do {
            let value = try await body(server)
            try? await listener.close()
            return value
        } catch {
            try? await listener.close()
            throw error
        }
    }

    private init(listener: any Channel, calls: AsyncStream<ReceivedCall>, connections: AsyncStream<Int>) {
        self.listener = listener
        self.calls = calls
        self.connections = connections
    }

    /// The number of the next connection, once it is made.
    func nextConnection() async throws -> Int {
        for await connection in connections { return connection }
        throw CancellationError()
    }

    /// The next request, whichever connection it comes over; the time limit of the test ends a wait in vain.
    func next() async throws -> ReceivedCall {
        for await call in calls { return call }
        throw CancellationError()
    }

    /// Takes no more connections; those that stand stay.
    func stopListening() async throws {
        try await listener.close()
    }
}

/// One request at the webhook's server.
struct ReceivedCall: Sendable {
    /// Counts connections from 1.
    let connection: Int
    /// The lines of the head without the empty one.
    let head: [String]
    let body: [UInt8]
    private let channel: any Channel

    init(connection: Int, head: [String], body: [UInt8], channel: any Channel) {
        self.connection = connection
        self.head = head
        self.body = body
        self.channel = channel
    }

    var json: JSON {
        get throws { try JSON(parsing: body) }
    }

    /// The id that the call has in its head.
    var messageID: MessageID {
        get throws { try #require(field("webhook-id").flatMap { MessageID($0) }) }
    }

    func field(_ name: String) -> String? {
        head.dropFirst().first { $0.hasPrefix(name + ": ") }.map { String($0.dropFirst(name.count + 2)) }
    }

    func send(_ bytes: String) async throws {
        try await channel.writeAndFlush(ByteBuffer(string: bytes))
    }

    /// Sends a whole response and leaves the connection open.
    func answer(_ body: String, status: String = "200 OK", type: String = "text/plain") async throws {
        try await send(
            "HTTP/1.1 \(status)\r\ncontent-type: \(type)\r\ncontent-length: \(body.utf8.count)\r\n\r\n\(body)"
        )
    }

    func close() async throws {
        try await channel.close()
    }

    /// Breaks the connection off as a crash of the machine's program does: with a reset instead of an end.
    func reset() async throws {
        guard let options = channel as? any SocketOptionProvider else { return }
        try await options.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()
        try await channel.close()
    }

    /// Returns when the other side has closed the connection.
    func closed() async throws {
        try await channel.closeFuture.get()
    }
}

/// Gathers requests from the bytes of one connection.
private final class WebhookServerHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let connection: Int
    private let greeting: String
    private let receive: (ReceivedCall) -> Void
    private var unread: [UInt8] = []

    init(connection: Int, greeting: String, receive: @escaping (ReceivedCall) -> Void) {
        self.connection = connection
        self.greeting = greeting
        self.receive = receive
    }

    func channelActive(context: ChannelHandlerContext) {
        if !greeting.isEmpty { context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: greeting)), promise: nil) }
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        unread += unwrapInboundIn(data).readableBytesView
        while let call = takeCall(context.channel) { receive(call) }
    }

    private func takeCall(_ channel: any Channel) -> ReceivedCall? {
        guard let end = unread.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
        let head = String(decoding: unread[..<end.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
        let length =
            head.lazy.compactMap { $0.wholeMatch(of: /content-length: (\d+)/)?.1 }.first.flatMap { Int($0) } ?? 0
        guard unread.count >= end.upperBound + length else { return nil }
        let body = Array(unread[end.upperBound..<end.upperBound + length])
        unread.removeFirst(end.upperBound + length)
        return ReceivedCall(connection: connection, head: head, body: body, channel: channel)
    }

    /// What breaks a connection is for the test to see at the other end.
    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }
}
