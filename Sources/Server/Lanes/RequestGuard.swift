import API
import NIOCore
import NIOHTTP1

/// Sees to what the ordinary pipeline leaves open: a request that cannot be parsed or does not arrive whole gets a problem
/// instead of an empty response, and a connection that cannot go on is closed.
final class RequestGuard: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    private var language = Language.english
    /// Requests whose response has not ended.
    private var unanswered = 0
    /// Since when a request is arriving; nil between requests.
    private var arrivingSince: NIODeadline?
    /// Whether the head of the arriving request is here.
    private var isHeadHere = false
    private var hasReadPart = false
    private var timer: Scheduled<Void>?
    /// No response follows the one to the last request that came.
    private var isLast = false
    /// What the parser could not read, until it is answered.
    private var failure: Problem?
    /// Whether that was within the body of a request whose head is counted in ``unanswered``.
    private var failsInBody = false
    private var isReplacing = false
    /// The last response was written. Whoever reads the parts may still answer what could not be read.
    private var isOver = false
    private var isLingering = false
    private var isInputClosed = false
    /// Fulfilled when the end of the newest response has left.
    private var lastEnd: EventLoopFuture<Void>?

    /// How long a request may take to arrive, head and body.
    static let requestPatience: TimeAmount = .seconds(30)

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isLingering else { return }
        hasReadPart = true
        switch unwrapInboundIn(data) {
        case .head(let head):
            unanswered += 1
            isHeadHere = true
            arrive(context)
            language = Language(acceptLanguage: head.headers.first(name: "accept-language"))
            // After an upgrade NIO's decoder delivers nothing more: what follows would be another protocol.
            if head.headers.contains(name: "upgrade") || !head.isKeepAlive { isLast = true }
            if unanswered == 1,
                head.headers[canonicalForm: "expect"].contains(where: { $0.lowercased() == "100-continue" })
            {
                context.writeAndFlush(wrapOutboundOut(.head(.init(version: .http1_1, status: .continue))), promise: nil)
            }
        case .body: break
        case .end:
            stopTiming()
            // What cannot be read after it asks for no language.
            language = .english
        }
        context.fireChannelRead(data)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        if isLingering { return context.read() }
        // Bytes that made no part: the beginning of a head.
        if !hasReadPart, unanswered == 0 { arrive(context) }
        hasReadPart = false
        context.fireChannelReadComplete()
    }

    private func arrive(_ context: ChannelHandlerContext) {
        guard arrivingSince == nil else { return }
        arrivingSince = context.eventLoop.now
        if timer == nil { startTimer(context, deadline: context.eventLoop.now + Self.requestPatience) }
    }

    private func stopTiming() {
        arrivingSince = nil
        isHeadHere = false
    }

    /// One timer serves many requests: when it fires early for the present one it is set anew.
    private func startTimer(_ context: ChannelHandlerContext, deadline: NIODeadline) {
        timer = context.eventLoop.assumeIsolatedUnsafeUnchecked()
            .scheduleTask(deadline: deadline) {
                self.timer = nil
                guard let since = self.arrivingSince else { return }
                let deadline = since + Self.requestPatience
                if deadline <= context.eventLoop.now {
                    self.timeOut(context)
                } else {
                    self.startTimer(context, deadline: deadline)
                }
            }
    }

    private func timeOut(_ context: ChannelHandlerContext) {
        let isAnswered = isHeadHere && unanswered == 0
        stopTiming()
        isLast = true
        if isAnswered {
            // Only the rest of a body that nobody wanted is missing.
            linger(context)
        } else if unanswered > 0 {
            // The route is reading the body: it learns from there, and answers.
            context.fireErrorCaught(Problem(.requestTimeout))
        } else {
            answer(Problem(.requestTimeout), context)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard !isLingering else { return }
        guard let error = error as? HTTPParserError else { return context.fireErrorCaught(error) }
        // Bytes behind a request that said `Connection: close` are nobody's (RFC 9112 section 9.6).
        if error == .closedConnection { return }
        failsInBody = isHeadHere
        // What cannot be read says no language either; the request before it may have been somebody else's.
        if !failsInBody { language = .english }
        stopTiming()
        isLast = true
        if failsInBody, unanswered == 0 { return linger(context) }
        let code: Problem.Code = error == .headerOverflow ? .headTooLarge : .malformedRequest
        failure = Problem(code, ["reason": "\(error)", "limit": "\(ColdLane.maximumHeadLength)"])
        // Whoever reads the parts ends the connection with an empty 400; `write` puts the problem in its place.
        context.fireErrorCaught(error)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard !isOver else {
            promise?.succeed()
            return
        }
        switch unwrapOutboundIn(data) {
        case .head(var head):
            if let problem = failure, head.status == .badRequest, head.headers["content-length"] == ["0"] {
                failure = nil
                isReplacing = true
                return answer(problem, context, promise)
            }
            // A route may want the connection to end.
            if head.headers[canonicalForm: "connection"].contains("close"), unanswered <= 1 { isLast = true }
            if isLast, responsesToCome <= 1 { head.headers.replaceOrAdd(name: "connection", value: "close") }
            context.write(wrapOutboundOut(.head(head)), promise: promise)
        case .end where isReplacing:
            promise?.succeed()
        case .end:
            unanswered -= 1
            let written = promise ?? context.eventLoop.makePromise(of: Void.self)
            lastEnd = written.futureResult
            guard isLast, unanswered <= 0 else { return context.write(data, promise: written) }
            // A request gets one response: its route's, when that did not wait for the body.
            if failsInBody { failure = nil }
            if failure == nil {
                isOver = true
                linger(after: written.futureResult, context)
            }
            context.writeAndFlush(data, promise: written)
        case .body: context.write(data, promise: promise)
        }
    }

    private var responsesToCome: Int { unanswered + (failure != nil && !failsInBody ? 1 : 0) }

    /// Writes a whole response of our own and closes.
    private func answer(_ problem: Problem, _ context: ChannelHandlerContext, _ promise: EventLoopPromise<Void>? = nil)
    {
        let body = problem.bytes(in: language)
        var head = HTTPResponseHead(version: .http1_1, status: .init(statusCode: problem.code.status))
        head.headers = [
            "content-type": Problem.contentType,
            "content-language": language.rawValue,
            "content-length": String(body.count),
            "cache-control": "no-store",
            "date": HTTPDate.text(seconds: HTTPDate.secondsNow),
            "connection": "close",
        ]
        context.write(wrapOutboundOut(.head(head)), promise: promise)
        context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: body)))), promise: nil)
        let written = context.eventLoop.makePromise(of: Void.self)
        linger(after: written.futureResult, context)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: written)
    }

    /// With the client's side closed NIO turns the closing of ours into that of the whole connection, which would lose
    /// what the client has not taken yet.
    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        guard mode == .output, isInputClosed, let lastEnd else { return context.close(mode: mode, promise: promise) }
        lastEnd.assumeIsolated().whenComplete { _ in context.close(mode: mode, promise: promise) }
    }

    private func linger(after written: EventLoopFuture<Void>, _ context: ChannelHandlerContext) {
        written.assumeIsolated().whenComplete { _ in self.linger(context) }
    }

    /// Closes our side and reads on for a moment without looking: closing outright while the client still sends would
    /// reset the connection and take the response with it (RFC 9112 section 9.6).
    private func linger(_ context: ChannelHandlerContext) {
        guard !isLingering else { return }
        isLingering = true
        timer?.cancel()
        guard !isInputClosed else { return context.close(promise: nil) }
        context.close(mode: .output, promise: nil)
        context.read()
        timer = context.eventLoop.assumeIsolatedUnsafeUnchecked()
            .scheduleTask(in: Self.lingerPatience) {
                context.close(promise: nil)
            }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .some(ChannelEvent.inputClosed) = event as? ChannelEvent {
            isInputClosed = true
            if isLingering { context.close(promise: nil) }
        }
        context.fireUserInboundEventTriggered(event)
    }

    /// How long a client may go on sending after the last response.
    private static let lingerPatience: TimeAmount = .seconds(2)

    func handlerRemoved(context: ChannelHandlerContext) {
        timer?.cancel()
    }

    func channelInactive(context: ChannelHandlerContext) {
        timer?.cancel()
        context.fireChannelInactive()
    }
}

@available(*, unavailable)
extension RequestGuard: Sendable {}
