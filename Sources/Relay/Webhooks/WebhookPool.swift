import NIOCore
import NIOPosix
import NIOSSL

/// The connections of one event loop to the webhooks' servers. Confined to it: no locks, and both ends of a relayed message
/// are served by the same thread.
final class WebhookPool {
    private let eventLoop: any EventLoop
    private let policy: AddressPolicy
    private let tls: NIOSSLContext
    /// Newest last: the one used last is the least likely to be closed by the server.
    private var idle: [WebhookEndpoint.Server: [WebhookConnection]] = [:]
    private var idleCount = 0
    private var opening: [ObjectIdentifier: WebhookConnection] = [:]

    /// Servers commonly close idle connections after 5 to 75 seconds; the retry covers the shorter ones.
    private static let idlePatience: TimeAmount = .seconds(20)
    /// More than that many idle connections are not kept.
    private static let maximumIdle = 2048

    init(eventLoop: any EventLoop, policy: AddressPolicy, tls: NIOSSLContext) {
        self.eventLoop = eventLoop
        self.policy = policy
        self.tls = tls
    }

    /// Sends a call over an idle connection, or a new one.
    func start(_ call: WebhookCall) {
        if let connection = idle[call.endpoint.server]?.popLast() {
            idleCount -= 1
            connection.send(call)
        } else {
            startFresh(call)
        }
    }

    /// Sends a call over a new connection.
    func startFresh(_ call: WebhookCall) {
        let server = call.endpoint.server
        let connection = WebhookConnection(server: server, pool: self, call: call)
        opening[ObjectIdentifier(connection)] = connection
        connect(to: call.endpoint) { result in
            do {
                try self.furnish(result.get(), with: connection, for: call.endpoint)
            } catch {
                self.opened(connection)
                call.end(.unreachable(Self.reason(error)))
            }
        }
    }

    /// Makes a connection to where a webhook is called, if the policy allows its address. Nothing is read from it yet.
    func connect(to endpoint: WebhookEndpoint, _ done: @escaping (Result<any Channel, any Error>) -> Void) {
        ClientBootstrap(group: eventLoop)
            .resolver(WebhookResolver(eventLoop: eventLoop, policy: policy))
            .connectTimeout(WebhookCall.connectPatience)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .channelOption(.autoRead, value: false)
            .connect(host: endpoint.server.host, port: endpoint.server.port)
            .assumeIsolated()
            .whenComplete(done)
    }

    /// Gives a channel its handlers once it is connected. NIO makes a channel for each address of a name that it tries, so
    /// an initializer, which runs for all of them, could not; until then nothing is read.
    private func furnish(
        _ channel: any Channel,
        with connection: WebhookConnection,
        for endpoint: WebhookEndpoint
    ) throws {
        let pipeline = channel.pipeline.syncOperations
        if endpoint.server.isTLS { try pipeline.addHandler(makeTLSHandler(endpoint)) }
        try pipeline.addHandler(connection)
        try channel.syncOptions?.setOption(.autoRead, value: true)
    }

    func makeTLSHandler(_ endpoint: WebhookEndpoint) -> NIOSSLClientHandler {
        // The only error of this initialiser is a name that cannot stand in a handshake: then there is none to send.
        if let handler = try? NIOSSLClientHandler(context: tls, serverHostname: endpoint.tlsName) { return handler }
        guard let handler = try? NIOSSLClientHandler(context: tls, serverHostname: nil) else {
            preconditionFailure("A TLS handler without a server name can always be made.")
        }
        return handler
    }

    static func reason(_ error: any Error) -> Presence.Reason {
        switch error {
        case let error as NIOConnectionError where error.dnsAError is AddressNotAllowed: .addressNotAllowed
        case let error as NIOConnectionError where error.dnsAAAAError is AddressNotAllowed: .addressNotAllowed
        case let error as NIOConnectionError where error.isRefusal: .refused
        case ChannelError.connectTimeout: .timeout
        default: .unreachable
        }
    }

    /// A connection is no longer being made.
    func opened(_ connection: WebhookConnection) {
        opening[ObjectIdentifier(connection)] = nil
    }

    /// A connection has become idle.
    func keep(_ connection: WebhookConnection) {
        guard idleCount < Self.maximumIdle else { return connection.abandon() }
        idle[connection.server, default: []].append(connection)
        idleCount += 1
    }

    /// An idle connection is gone.
    func forget(_ connection: WebhookConnection) {
        guard let index = idle[connection.server]?.lastIndex(where: { $0 === connection }) else { return }
        idle[connection.server]?.remove(at: index)
        idleCount -= 1
    }

    /// Closes what was idle or opening for too long. Once in a while.
    func sweep(now: NIODeadline) {
        for (server, connections) in idle {
            let kept = connections.filter { !$0.closeIfStale(now: now, idleSince: now - Self.idlePatience) }
            idleCount -= connections.count - kept.count
            idle[server] = kept.isEmpty ? nil : kept
        }
        for (id, connection) in opening where connection.closeIfStale(now: now, idleSince: .distantPast) {
            opening[id] = nil
        }
    }

    /// Closes what is idle: the server stops.
    func close() {
        for connection in idle.values.joined() { connection.abandon() }
        idle = [:]
        idleCount = 0
    }
}

@available(*, unavailable)
extension WebhookPool: Sendable {}

extension NIOConnectionError {
    /// Whether an address was there and nobody listened.
    fileprivate var isRefusal: Bool {
        connectionErrors.contains { ($0.error as? IOError)?.errnoCode == ECONNREFUSED }
    }
}
