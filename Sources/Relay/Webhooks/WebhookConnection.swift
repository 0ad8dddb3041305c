import Directory
import NIOCore
import NIOSSL
import NIOTLS
import Wire

/// One connection to a webhook's server: carries a call at a time, then waits for the next. Confined to its event loop.
///
/// ```
/// opening ──► busy ⇄ idle ──► closed        (TLS: opening lasts until the handshake is done)
/// ```
final class WebhookConnection: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    let server: WebhookEndpoint.Server
    private unowned let pool: WebhookPool
    private var context: ChannelHandlerContext?
    private var state: State
    private var decoder = WebhookResponseDecoder()
    private var unread = ByteBuffer()

    private enum State {
        /// Not usable yet; `until` when the handshake has to be over.
        case opening(WebhookCall, until: NIODeadline)
        case idle(since: NIODeadline)
        /// `isReused`: a call went through before. `isAnswering`: the first byte of the response is here.
        case busy(WebhookCall, isReused: Bool, isAnswering: Bool)
        case closed
    }

    init(server: WebhookEndpoint.Server, pool: WebhookPool, call: WebhookCall) {
        self.server = server
        self.pool = pool
        state = .opening(call, until: .now() + WebhookCall.connectPatience)
    }

    /// The connection stands. With TLS the handshake has to be done first.
    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        if case .closed = state { return abandon() }
        if !server.isTLS { open() }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .handshakeCompleted = event as? TLSUserEvent { open() }
        context.fireUserInboundEventTriggered(event)
    }

    private func open() {
        guard case .opening(let call, _) = state else { return }
        pool.opened(self)
        send(call, isReused: false)
    }

    /// Sends a call over a connection that is idle.
    func send(_ call: WebhookCall) {
        guard case .idle = state else { preconditionFailure("A connection takes a call only when it is idle.") }
        send(call, isReused: true)
    }

    private func send(_ call: WebhookCall, isReused: Bool) {
        guard let context else { return }
        guard call.isOpen else { return rest() }
        state = .busy(call, isReused: isReused, isAnswering: false)
        call.connection = self
        let request = call.request(now: .now, allocator: context.channel.allocator)
        context.writeAndFlush(wrapOutboundOut(request), promise: nil)
    }

    private func rest() {
        state = .idle(since: .now())
        pool.keep(self)
    }

    /// Ends the call on it, and with it the connection: what the server still sends would be no answer to the next call.
    func abandon() {
        state = .closed
        context?.close(promise: nil)
    }

    /// Closes it when it has been idle or opening for too long. True when it did.
    func closeIfStale(now: NIODeadline, idleSince earliest: NIODeadline) -> Bool {
        switch state {
        case .idle(let since) where since < earliest:
            abandon()
            return true
        case .opening(let call, let until) where until < now:
            abandon()
            call.end(.unreachable(.timeout))
            return true
        default: return false
        }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = unwrapInboundIn(data)
        guard case .busy(let call, let isReused, _) = state else {
            // A response that nobody asked for.
            return abandonIdle()
        }
        state = .busy(call, isReused: isReused, isAnswering: true)
        if unread.readableBytes == 0 { unread = bytes } else { unread.writeBuffer(&bytes) }
        do throws(WebhookResponseFailure) {
            guard let response = try decoder.read(&unread) else { return }
            finish(call, response)
        } catch {
            abandon()
            call.end(.failed(.invalid(error)))
        }
    }

    private func finish(_ call: WebhookCall, _ response: WebhookResponse) {
        if response.keepsAlive, unread.readableBytes == 0 {
            unread = ByteBuffer()
            rest()
        } else {
            abandon()
        }
        call.end(.response(response))
    }

    private func abandonIdle() {
        pool.forget(self)
        abandon()
    }

    func channelInactive(context: ChannelHandlerContext) {
        lost(.unreachable, isClean: true)
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        let isTLS = error is NIOSSLError || error is NIOSSLExtraError || error is BoringSSLError
        lost(isTLS ? .tls : .unreachable, isClean: false)
        context.close(promise: nil)
    }

    /// The connection is gone.
    ///
    /// - Parameter isClean: whether the server closed it. Only then may a response end with it (RFC 9112 section 8): one
    ///   that a reset cut off is not whole.
    private func lost(_ reason: Presence.Reason, isClean: Bool) {
        let lost = state
        state = .closed
        switch lost {
        case .closed: break
        case .idle: pool.forget(self)
        case .opening(let call, _):
            pool.opened(self)
            call.end(.unreachable(reason))
        case .busy(let call, let isReused, let isAnswering):
            if isAnswering {
                do throws(WebhookResponseFailure) {
                    guard isClean else { throw .truncated }
                    call.end(.response(try decoder.end()))
                } catch {
                    call.end(.failed(.invalid(error)))
                }
            } else if isReused, call.attempt == 1 {
                // The server closed an idle connection as we wrote: the message was not seen, or its answer is lost.
                call.countRetry()
                pool.startFresh(call)
            } else {
                call.end(.failed(.closed))
            }
        }
    }
}

@available(*, unavailable)
extension WebhookConnection: Sendable {}
