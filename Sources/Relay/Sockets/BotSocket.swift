import BSON
import Directory
package import NIOCore
import Wire

/// A bot's socket: WebSocket frames on one side, what they say on the other. Confined to its event loop.
///
/// ```
/// opening ── announced to all loops, hello ──► open ──► closing ──► closed
///                                               └── the connection dies ──┘
/// ```
package final class BotSocket: ChannelDuplexHandler {
    package typealias InboundIn = ByteBuffer
    package typealias OutboundIn = ByteBuffer
    package typealias OutboundOut = ByteBuffer

    let connection: BotConnection
    private unowned let loop: RelayLoop
    private let expiresAt: Instant?
    /// Closes it then; the only timer, and few keys expire.
    private var expiry: Scheduled<Void>?
    private var context: ChannelHandlerContext?
    private var state = State.opening
    private var reader = WebSocketReader(maximumMessageLength: maximumFrameLength)
    private var unread = ByteBuffer()
    private var heartbeat = Heartbeat()
    /// Frames that came to be sent before the bot was greeted.
    private var held: [[UInt8]] = []
    private var needsFlush = false
    /// Those who wait until the bot has read what it was sent.
    private var readers: [() -> Void] = []
    /// Frames of the bot that are with other event loops or with MongoDB.
    private var unsettled = 0
    private var isReadPending = false
    /// Whether MongoDB is being told the bot's commands.
    var isDeclaring = false
    /// What the bot says of itself meanwhile, in its order.
    private(set) var undeclared: [BotFrame] = []
    /// Why it is closed, once that is decided.
    private var absence = Presence.Reason.disconnected

    private enum State {
        case opening
        case open
        /// Our close frame is on its way; the connection goes when the bot's comes, or at this time.
        case closing(until: NIODeadline)
        case closed
    }

    /// The most that a frame of the bot's may hold (design section 6).
    static let maximumFrameLength = 1024 * 1024
    /// What may wait for the bot to read it. Beyond that it is slow, and its messages go to its next connection.
    static let maximumUnreadBytes = 4 * 1024 * 1024
    /// Frames that wait for a declaration.
    private static let maximumUndeclared = 64
    /// Frames of one bot that are in hand at a time; it is not read from while there are more.
    static let maximumUnsettled = 256
    /// Bytes that were read and are kept only because others follow them.
    private static let maximumReadBytes = 64 * 1024
    /// How long the bot has to answer a close frame.
    private static let closePatience: TimeAmount = .seconds(5)
    /// Most sockets are silent most of the time: they start with a small buffer and get a larger one when they need it.
    private static let receiveBuffer = AdaptiveRecvByteBufferAllocator(minimum: 512, initial: 512, maximum: 64 * 1024)

    /// - Parameter expiresAt: when the key that it was opened with expires.
    init(connection: BotConnection, expiresAt: Instant?, loop: RelayLoop) {
        self.connection = connection
        self.expiresAt = expiresAt
        self.loop = loop
    }

    package func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        try? context.channel.syncOptions?.setOption(.recvAllocator, value: Self.receiveBuffer)
        if let expiresAt {
            let rest = TimeAmount.milliseconds(max(expiresAt.milliseconds - Instant.now.milliseconds, 0))
            expiry = context.eventLoop.assumeIsolated().scheduleTask(in: rest) { self.close(.keyExpired) }
        }
        loop.opened(self)
    }

    package func handlerRemoved(context: ChannelHandlerContext) {
        lost()
        expiry?.cancel()
        self.context = nil
    }
}

// What the relay does with it.
extension BotSocket {
    /// The bot may be sent messages: every event loop knows it.
    func greet(node: String) {
        guard case .opening = state else { return }
        state = .open
        send(RelayFrame.hello(bot: connection.bot, node: node))
        for frame in held { send(frame) }
        held = []
    }

    /// Calls back once the bot has read what it was sent so far, or when it is closed.
    func whenRead(_ act: @escaping () -> Void) {
        readers.append(act)
        noteRead()
    }

    private func noteRead() {
        guard case .open = state, !readers.isEmpty, !needsFlush, context?.channel.isWritable == true else { return }
        endReading()
    }

    private func endReading() {
        let ready = readers
        readers = []
        for act in ready { act() }
    }

    /// Sends a text frame; it leaves with the others of this turn of the event loop.
    func send(_ frame: [UInt8]) {
        switch state {
        case .opening: held.append(frame)
        case .open:
            guard let context else { return }
            write(WebSocketWriter.text(frame, allocator: context.channel.allocator))
        case .closing, .closed: break
        }
    }

    /// Says why and closes, once what was written before has left.
    func close(_ end: SocketEnd) {
        switch state {
        case .opening, .open: break
        case .closing, .closed: return
        }
        absence = end.absence
        leave(with: WebSocketWriter.close(end.code, reason: end.reason))
    }

    /// Sends a close frame and nothing any more; the bot's messages are others'.
    private func leave(with frame: ByteBuffer) {
        state = .closing(until: .now() + Self.closePatience)
        write(frame)
        gone()
    }

    /// Tells everybody that nothing goes over it any more.
    private func gone() {
        loop.closed(self, absence)
        endReading()
    }

    /// Lets the bot be read again when a frame of its is settled.
    func settled() {
        unsettled -= 1
        guard isReadPending, unsettled < Self.maximumUnsettled, let context else { return }
        isReadPending = false
        context.read()
    }

    /// Keeps a frame until the commands before it are declared. False when there are too many.
    func keep(_ frame: BotFrame) -> Bool {
        guard undeclared.count < Self.maximumUndeclared else { return false }
        undeclared.append(frame)
        return true
    }

    /// The commands are declared, or not: what was kept comes next.
    func endDeclaring() {
        isDeclaring = false
        while !isDeclaring, !undeclared.isEmpty { loop.take(undeclared.removeFirst(), from: self) }
    }

    /// A frame of the bot's is in hand elsewhere; ``settled()`` tells when it is not.
    func unsettle() {
        unsettled += 1
    }

    /// Every ``Heartbeat/beat``. False once it is closing.
    func beat(now: NIODeadline) -> Bool {
        switch state {
        case .opening, .open:
            switch heartbeat.next() {
            case .nothing: break
            case .ping: write(WebSocketWriter.ping())
            case .giveUp:
                absence = .timeout
                abort()
            }
        case .closing, .closed: return false
        }
        return true
    }

    /// Ends a connection whose bot does not answer the close frame. True once it is ended.
    func endIfOverdue(now: NIODeadline) -> Bool {
        switch state {
        case .opening, .open: return false
        case .closing(let until):
            guard until <= now else { return false }
            abort()
            return true
        case .closed: return true
        }
    }

    func flush() {
        guard needsFlush else { return }
        needsFlush = false
        context?.flush()
        noteRead()
    }

    private func write(_ frame: ByteBuffer) {
        guard let context else { return }
        context.write(wrapOutboundOut(frame), promise: nil)
        if !needsFlush {
            needsFlush = true
            loop.flushSoon(self)
        }
        guard case .open = state, !context.channel.isWritable else { return }
        let unread = (try? context.channel.syncOptions?.getOption(.bufferedWritableBytes)) ?? 0
        if unread > Self.maximumUnreadBytes { close(.slow) }
    }

    /// Ends the connection at once.
    private func abort() {
        lost()
        context?.close(promise: nil)
    }

    private func lost() {
        switch state {
        case .opening, .open:
            state = .closed
            gone()
        case .closing: state = .closed
        case .closed: break
        }
    }
}

// What comes from the bot.
extension BotSocket {
    package func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = unwrapInboundIn(data)
        heartbeat.heard()
        connection.heard(at: .now)
        if unread.readableBytes == 0 {
            unread = bytes
        } else {
            // A bot that sends without pause leaves the beginning of a frame at every read.
            if unread.readerIndex > Self.maximumReadBytes { unread.discardReadBytes() }
            unread.writeBuffer(&bytes)
        }
        do throws(WebSocketViolation) {
            while let event = try nextEvent() { take(event) }
        } catch {
            close(.violation(error))
            unread = ByteBuffer()
        }
        if unread.readableBytes == 0 { unread = ByteBuffer() }
    }

    private func nextEvent() throws(WebSocketViolation) -> WebSocketReader.Event? {
        if case .closed = state { return nil }
        return try reader.next(&unread)
    }

    private func take(_ event: WebSocketReader.Event) {
        if case .closing = state {
            if case .close = event { endAfterWriting() }
            return
        }
        switch event {
        case .text(let payload):
            do throws(BotFrame.Malformed) {
                loop.take(try BotFrame(payload), from: self)
            } catch {
                close(.badFrame(error.reason))
            }
        case .binary: close(.badFrame("A frame is binary; frames are JSON texts."))
        case .ping(let payload): write(WebSocketWriter.pong(payload))
        case .pong: break
        case .close(let code):
            leave(with: WebSocketWriter.close(code))
            endAfterWriting()
        }
    }

    /// Both have said that they close: the server ends the connection (RFC 6455 section 7.1.1).
    private func endAfterWriting() {
        guard let context else { return }
        needsFlush = false
        let written = context.eventLoop.makePromise(of: Void.self)
        written.futureResult.assumeIsolated().whenComplete { _ in self.abort() }
        context.writeAndFlush(wrapOutboundOut(ByteBuffer()), promise: written)
    }

    package func channelWritabilityChanged(context: ChannelHandlerContext) {
        noteRead()
        context.fireChannelWritabilityChanged()
    }

    package func read(context: ChannelHandlerContext) {
        if unsettled < Self.maximumUnsettled { context.read() } else { isReadPending = true }
    }

    package func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        // A peer that was killed: half of the connection is no use.
        if case .some(ChannelEvent.inputClosed) = event as? ChannelEvent { return abort() }
        // The server stops: the drain sees to it.
        if event is ChannelShouldQuiesceEvent { return }
        context.fireUserInboundEventTriggered(event)
    }

    package func channelInactive(context: ChannelHandlerContext) {
        lost()
        context.fireChannelInactive()
    }

    package func errorCaught(context: ChannelHandlerContext, error: any Error) {
        abort()
    }
}

@available(*, unavailable)
extension BotSocket: Sendable {}
