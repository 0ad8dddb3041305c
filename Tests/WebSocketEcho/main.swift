import Foundation
import NIOCore
import NIOPosix
import Wire

// Echoes what WebSocket clients send, with the frames of the bots' sockets and nothing else, for the conformance tests.
// Listens on a free port of loopback, says which on standard output, and runs until it is ended.

private final class Echo: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private var unread = ByteBuffer()
    private var reader = WebSocketReader(maximumMessageLength: 1024 * 1024)
    private var isOpen = false
    private var isClosing = false

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = unwrapInboundIn(data)
        unread.writeBuffer(&bytes)
        guard !isClosing, isOpen || open(context) else { return }
        do throws(WebSocketViolation) {
            while !isClosing, let event = try reader.next(&unread) { take(event, context) }
        } catch {
            close(WebSocketWriter.close(error.code, reason: error.reason), context)
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        context.flush()
    }

    /// Answers a handshake, whose only field that matters here is the key.
    private func open(_ context: ChannelHandlerContext) -> Bool {
        let text = String(buffer: unread)
        guard let end = text.range(of: "\r\n\r\n"), let name = text.lowercased().range(of: "sec-websocket-key: ") else {
            return false
        }
        let key = text[name.upperBound...].prefix { $0 != "\r\n" }
        unread.moveReaderIndex(forwardBy: text[..<end.upperBound].utf8.count)
        context.write(wrapOutboundOut(Array(key.utf8).withUnsafeBytes(WebSocketHandshake.response)), promise: nil)
        isOpen = true
        return true
    }

    private func take(_ event: WebSocketReader.Event, _ context: ChannelHandlerContext) {
        switch event {
        case .text(let payload):
            context.write(wrapOutboundOut(WebSocketWriter.message(payload, isText: true)), promise: nil)
        case .binary(let payload):
            context.write(wrapOutboundOut(WebSocketWriter.message(payload, isText: false)), promise: nil)
        case .ping(let payload): context.write(wrapOutboundOut(WebSocketWriter.pong(payload)), promise: nil)
        case .pong: break
        case .close(let code): close(WebSocketWriter.close(code), context)
        }
    }

    private func close(_ frame: ByteBuffer, _ context: ChannelHandlerContext) {
        isClosing = true
        let written = context.eventLoop.makePromise(of: Void.self)
        written.futureResult.assumeIsolated().whenComplete { _ in context.close(promise: nil) }
        context.writeAndFlush(wrapOutboundOut(frame), promise: written)
    }
}

let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
    .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(Echo()) }
    }
    .bind(host: "127.0.0.1", port: 0)
    .get()
print("Listening on 127.0.0.1:\(server.localAddress?.port ?? 0)")
fflush(nil)
try await server.closeFuture.get()
