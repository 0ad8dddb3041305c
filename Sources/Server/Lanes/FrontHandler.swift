import API
import Directory
import NIOCore
import Relay
import Wire

/// The first handler of every connection of a relay: takes the hot requests from their bytes and hands the connection over
/// to the cold lane, once and for good, at the first request that is anything else.
///
/// ```
/// waiting ──► busy ──► waiting …        a hot request at a time; what follows it waits in the buffer
///    ├──► cold                          the ordinary pipeline is built, gets every unread byte, and this handler leaves
///    └──► upgraded                      a bot's socket takes its place
/// ```
///
/// It recognises and never rejects: a request that it does not like is the cold lane's, which says what is wrong with it.
final class FrontHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let loop: FrontLoop
    /// Builds the ordinary pipeline behind this handler.
    private let turnCold: (any Channel) -> Void
    /// Tells that the connection ended without ever turning cold.
    private let endHot: () -> Void

    private var context: ChannelHandlerContext?
    private var unread = ByteBuffer()
    private var state: State
    private var isProcessing = false
    private var needsFlush = false
    private var isReadPending = false
    private var isInputClosed = false
    private var isQuiescing = false

    private enum State {
        /// For a request, or the rest of one.
        case waiting(since: NIODeadline)
        case busy(Language, keepsAlive: Bool)
        case cold
        case upgraded
        /// Answers are on their way to the client; then closed.
        case closing(since: NIODeadline)
        case closed

        var takesBytes: Bool {
            switch self {
            case .waiting, .busy, .cold: true
            case .upgraded, .closing, .closed: false
            }
        }
    }

    /// A body that is larger goes to the cold lane.
    private static let maximumBodyLength = 128 * 1024
    /// While a request is in hand no more than this is read ahead.
    private static let maximumReadAhead = 256 * 1024
    /// A connection without a request is closed after this; the usual 60 seconds of a proxy are shorter.
    static let idlePatience: TimeAmount = .seconds(75)
    /// A request that has not arrived whole by then is watched over by the cold lane.
    static let requestPatience: TimeAmount = .seconds(5)

    init(loop: FrontLoop, turnCold: @escaping (any Channel) -> Void, endHot: @escaping () -> Void) {
        self.loop = loop
        state = .waiting(since: loop.eventLoop.now)
        self.turnCold = turnCold
        self.endHot = endHot
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        loop.add(self)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        loop.remove(self)
        self.context = nil
        if case .cold = state { return }
        // Here and not in `channelInactive`, which a connection never has that is closed before it was active.
        endHot()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard state.takesBytes else { return }
        var bytes = unwrapInboundIn(data)
        if unread.readableBytes == 0 {
            unread = bytes
            if case .waiting = state { state = .waiting(since: loop.eventLoop.now) }
        } else {
            // A client that sends without pause leaves the beginning of a request at every read.
            if unread.readerIndex > Self.maximumReadAhead { unread.discardReadBytes() }
            unread.writeBuffer(&bytes)
        }
        process()
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        flushIfNeeded()
        context.fireChannelReadComplete()
    }

    func read(context: ChannelHandlerContext) {
        if unread.readableBytes > Self.maximumReadAhead {
            isReadPending = true
        } else {
            context.read()
        }
    }

    /// The client has taken answers again: it may have more.
    func channelWritabilityChanged(context: ChannelHandlerContext) {
        process()
        flushIfNeeded()
        context.fireChannelWritabilityChanged()
    }

    /// Takes hot requests from the buffer, one after another, until one is in hand, incomplete or cold, or until the
    /// client does not take the answers.
    private func process() {
        guard !isProcessing else { return }
        isProcessing = true
        defer { isProcessing = false }
        while case .waiting = state, unread.readableBytes > 0 {
            guard let context, context.channel.isWritable else { return }
            switch unread.withUnsafeReadableBytes(loop.scanner.scan) {
            case .incomplete: return closeIfInputClosed()
            case .notPlain: return becomeCold()
            case .plain(let head):
                guard head.contentLength <= Self.maximumBodyLength else { return becomeCold() }
                guard unread.readableBytes >= head.length + head.contentLength else { return closeIfInputClosed() }
                guard take(head) else { return becomeCold() }
            case .upgrade(let head):
                guard upgrade(head) else { return becomeCold() }
            }
        }
        closeIfInputClosed()
    }

    /// Answers or sends off one whole request. False when it is not for the hot lane; then nothing was taken.
    private func take(_ head: PlainRequestHead) -> Bool {
        let snapshot = loop.relay.snapshot()
        guard snapshot.version > 0 else { return false }
        let (language, check, request) = unread.withUnsafeReadableBytes { bytes in
            let language = head.acceptLanguage.map { Language(acceptLanguage: Self.part(bytes, $0)) } ?? .english
            let check = snapshot.check(Self.part(bytes, head.bearer), now: .now)
            let body = Self.part(bytes, head.length..<head.length + head.contentLength)
            return (language, check, NewMessage(plain: body))
        }
        switch check {
        case .success(.member(let member, _)):
            guard let request else { return false }
            consume(head)
            state = .busy(language, keepsAlive: head.keepsAlive)
            loop.relay.send(request, from: member, to: self)
        case .success(let caller):
            consume(head)
            refuse(.wrongKind(needed: "member", caller), language, keepsAlive: head.keepsAlive)
        case .failure(let refusal):
            consume(head)
            refuse(Problem(refusal), language, keepsAlive: head.keepsAlive)
        }
        return true
    }

    private static func part(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: bytes[range])
    }

    private func consume(_ head: PlainRequestHead) {
        unread.moveReaderIndex(forwardBy: head.length + head.contentLength)
        if unread.readableBytes == 0 { unread = ByteBuffer() }
    }

    private func refuse(_ problem: Problem, _ language: Language, keepsAlive: Bool) {
        state = .busy(language, keepsAlive: keepsAlive)
        receive(.refused(problem))
    }
}

extension FrontHandler: SendAnswerReceiver {
    func receive(_ answer: SendAnswer) {
        guard case .busy(let language, var keepsAlive) = state, let context else { return }
        let response = answer.response(in: language)
        if isQuiescing || isInputClosed && unread.readableBytes == 0 { keepsAlive = false }
        let heads = response.problem == nil ? loop.messageHeads : loop.problemHeads
        var buffer = context.channel.allocator.buffer(capacity: 256 + response.body.count)
        heads.write(
            status: response.status,
            contentLength: response.body.count,
            date: loop.date(),
            keepsAlive: keepsAlive,
            fields: response.problem.map { Self.fields(of: $0, in: language) } ?? "",
            into: &buffer
        )
        buffer.writeBytes(response.body)
        context.write(wrapOutboundOut(buffer), promise: nil)
        needsFlush = true
        if keepsAlive {
            state = .waiting(since: loop.eventLoop.now)
            resumeReading()
            if !isProcessing {
                process()
                flushIfNeeded()
            }
        } else {
            closeAfterWriting()
        }
    }

    /// The header fields of a problem besides those of every response.
    private static func fields(of problem: Problem, in language: Language) -> String {
        var fields = "content-language: \(language.rawValue)\r\n"
        if problem.code.status == 401 { fields += "www-authenticate: Bearer\r\n" }
        if let seconds = problem.retryAfterSeconds { fields += "retry-after: \(seconds)\r\n" }
        return fields
    }

    private func flushIfNeeded() {
        guard needsFlush, let context else { return }
        needsFlush = false
        context.flush()
    }

    private func resumeReading() {
        guard isReadPending, unread.readableBytes <= Self.maximumReadAhead, let context else { return }
        isReadPending = false
        context.read()
    }
}

extension FrontHandler {
    /// Opens a bot's socket in this handler's place. False, and nothing done, when the cold lane is to say why not.
    private func upgrade(_ head: PlainUpgradeHead) -> Bool {
        guard let context, !isQuiescing, !isInputClosed else { return false }
        let (check, response) = unread.withUnsafeReadableBytes { bytes in
            (
                loop.relay.snapshot().check(Self.part(bytes, head.bearer), now: .now),
                WebSocketHandshake.response(key: Self.part(bytes, head.webSocketKey))
            )
        }
        guard case .success(.bot(let bot, let key)) = check, loop.relay.refusalOfSocket(for: bot) == nil else {
            return false
        }
        unread.moveReaderIndex(forwardBy: head.length)
        state = .upgraded
        needsFlush = false
        context.writeAndFlush(wrapOutboundOut(response), promise: nil)
        let socket = loop.relay.makeSocket(for: bot, key: key)
        do {
            try context.pipeline.syncOperations.addHandler(socket, position: .after(self))
        } catch {
            close()
            return true
        }
        if unread.readableBytes > 0 { context.fireChannelRead(wrapInboundOut(unread)) }
        unread = ByteBuffer()
        if isReadPending { context.read() }
        context.pipeline.syncOperations.removeHandler(self, promise: nil)
        return true
    }

    /// The rest of the connection is the cold lane's: it gets every byte that was not answered here.
    private func becomeCold() {
        guard let context else { return }
        state = .cold
        flushIfNeeded()
        turnCold(context.channel)
        let bytes = unread
        unread = ByteBuffer()
        context.fireChannelRead(wrapInboundOut(bytes))
        context.fireChannelReadComplete()
        if isInputClosed { context.fireUserInboundEventTriggered(ChannelEvent.inputClosed) }
        if isQuiescing { context.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent()) }
        if isReadPending { context.read() }
        context.pipeline.syncOperations.removeHandler(self, promise: nil)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .cold = state { return context.fireUserInboundEventTriggered(event) }
        switch event {
        case ChannelEvent.inputClosed:
            isInputClosed = true
            closeIfInputClosed()
        case is ChannelShouldQuiesceEvent:
            isQuiescing = true
            if case .waiting = state, unread.readableBytes == 0 { closeAfterWriting() }
        default: context.fireUserInboundEventTriggered(event)
        }
    }

    /// The client sends no more: between requests that is its way to close; within one the cold lane says what is missing.
    private func closeIfInputClosed() {
        guard isInputClosed, case .waiting = state else { return }
        if unread.readableBytes == 0 { closeAfterWriting() } else { becomeCold() }
    }

    func checkPatience(now: NIODeadline) {
        switch state {
        case .waiting(let since) where unread.readableBytes > 0:
            if since + Self.requestPatience <= now { becomeCold() }
        case .waiting(let since), .closing(let since):
            if since + Self.idlePatience <= now { close() }
        case .busy, .cold, .upgraded, .closed: break
        }
    }

    /// Closes behind what was written: what the client has not taken yet would be lost otherwise.
    private func closeAfterWriting() {
        guard let context else { return }
        state = .closing(since: loop.eventLoop.now)
        needsFlush = false
        let written = context.eventLoop.makePromise(of: Void.self)
        written.futureResult.assumeIsolated().whenComplete { _ in self.close() }
        context.writeAndFlush(wrapOutboundOut(ByteBuffer()), promise: written)
    }

    private func close() {
        state = .closed
        context?.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        if case .cold = state { return context.fireChannelInactive() }
        state = .closed
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if case .cold = state { return context.fireErrorCaught(error) }
        // The connection was reset, or its TLS failed: nobody is there to be told.
        close()
    }
}

@available(*, unavailable)
extension FrontHandler: Sendable {}
