import Directory
import NIOCore
import NIOPosix
import NIOSSL
import NIOTLS

/// Looks whether somebody listens at webhooks that are not being called: connects, does the TLS handshake, and leaves. The
/// bot is sent nothing. Confined to one event loop.
final class WebhookProber {
    private let pool: WebhookPool
    private var waiting = CircularBuffer<(endpoint: WebhookEndpoint, report: (Presence.Reason?) -> Void)>()
    private var active = 0

    /// What is looked at lately enough: clients that ask more often get the same answer.
    static let freshness: Duration = .seconds(15)
    /// Probes at a time.
    private static let maximumActive = 32
    /// Probes that wait for their turn; more are left out, and asked for again with the next look at the bot.
    private static let maximumWaiting = 10_000

    init(pool: WebhookPool) {
        self.pool = pool
    }

    /// - Parameter report: told why the bot cannot be reached, nil when it can; never when too many wait.
    func probe(_ link: BotLink, _ report: @escaping (Presence.Reason?) -> Void) {
        guard case .webhook(let url) = link.delivery, let endpoint = WebhookEndpoint(url: url),
            waiting.count < Self.maximumWaiting
        else { return }
        waiting.append((endpoint, report))
        startNext()
    }

    private func startNext() {
        while active < Self.maximumActive, let (endpoint, report) = waiting.popFirst() {
            active += 1
            pool.connect(to: endpoint) { result in
                self.look(result, endpoint) { absence in
                    report(absence)
                    self.active -= 1
                    self.startNext()
                }
            }
        }
    }

    private func look(
        _ result: Result<any Channel, any Error>,
        _ endpoint: WebhookEndpoint,
        _ done: @escaping (Presence.Reason?) -> Void
    ) {
        do {
            let channel = try result.get()
            guard endpoint.server.isTLS else {
                channel.close(promise: nil)
                return done(nil)
            }
            let pipeline = channel.pipeline.syncOperations
            try pipeline.addHandler(pool.makeTLSHandler(endpoint))
            try pipeline.addHandler(HandshakeWatcher(done))
            try channel.syncOptions?.setOption(.autoRead, value: true)
        } catch {
            done(WebhookPool.reason(error))
        }
    }
}

@available(*, unavailable)
extension WebhookProber: Sendable {}

/// Waits for a TLS handshake, tells how it went, and closes.
private final class HandshakeWatcher: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private var done: ((Presence.Reason?) -> Void)?
    private var timer: Scheduled<Void>?

    init(_ done: @escaping (Presence.Reason?) -> Void) {
        self.done = done
    }

    func handlerAdded(context: ChannelHandlerContext) {
        timer = context.eventLoop.assumeIsolated()
            .scheduleTask(in: WebhookCall.connectPatience) { self.end(.timeout, context) }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .handshakeCompleted = event as? TLSUserEvent { end(nil, context) }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        end(.tls, context)
    }

    func channelInactive(context: ChannelHandlerContext) {
        end(.tls, context)
    }

    private func end(_ absence: Presence.Reason?, _ context: ChannelHandlerContext) {
        guard let done else { return }
        self.done = nil
        timer?.cancel()
        done(absence)
        context.close(promise: nil)
    }
}

@available(*, unavailable)
extension HandshakeWatcher: Sendable {}
