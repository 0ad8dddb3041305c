import API
import BSON
import Directory
import Hummingbird
import HummingbirdCore
import HummingbirdTLS
import KeyServer
public import Logging
import Mongo
public import NIOCore
import NIOPosix
import NIOSSL
import PackageIndex
import Relay
public import ServiceLifecycle

/// A whole server: a configuration built into one listener, two lanes, the directory behind them and MongoDB below.
///
/// ```
/// mongod? ─ pool ─ directory ─ history ─ relay ─ fronts ─ listener ─ drain      start, left to right; stop, right to left
/// ```
public struct HiworkerServer: Service {
    private let configuration: ServerConfiguration
    private let logger: Logger
    private let onListening: @Sendable (SocketAddress) async -> Void

    /// Stands in the API's description, the command line's `--version` and the packages.
    public static let version = "1.0.0"

    /// - Parameter onListening: called once when connections are taken, with the address that was bound.
    public init(
        configuration: ServerConfiguration,
        logger: Logger,
        onListening: @escaping @Sendable (SocketAddress) async -> Void = { _ in }
    ) {
        self.configuration = configuration
        self.logger = logger
        self.onListening = onListening
    }

    /// Runs until the task is cancelled or the service group shuts down gracefully: then messages in hand are finished,
    /// for at most ``ServerConfiguration/drain``.
    ///
    /// - Throws: what keeps the server from starting, as an error whose description is a sentence.
    public func run() async throws {
        // Counters that are made before the metrics are there count nothing.
        _ = PrometheusMetrics.shared
        for warning in configuration.warnings { logger.warning("\(warning)") }
        // Before anything is started: a slip in a path is told at once.
        _ = try configuration.tls?.tlsConfiguration()
        let mongod =
            configuration.mongodbURI == nil
            ? try await PrivateMongod.start(configuration, logger: logger) : nil
        do {
            try await run(on: mongod)
        } catch {
            await mongod?.stop()
            throw error
        }
    }

    private func run(on mongod: PrivateMongod?) async throws {
        guard let uri = configuration.mongodbURI ?? mongod?.uri else {
            preconditionFailure("Without a MongoDB named, a private one was started.")
        }
        let pool = try MongoPool(uri: uri, logger: logger)
        let database = pool.database(configuration.mongodbDatabase)
        let forwarder = ChangeForwarder()
        let directory = Directory(database: database, logger: logger) { _, changes in forwarder.forward(changes) }
        let eventLoops = MultiThreadedEventLoopGroup.singleton
        var services: [any Service] = [ClosingPool(pool: pool), directory]
        if let mongod { services.insert(mongod, at: 0) }
        let lanes = try await Lanes(configuration, directory, database, eventLoops, logger)
        forwarder.relay = lanes.relay
        services += lanes.services
        let adminKey = AdminKeyState(isAwaited: configuration.role.servesKeys)
        services.append(try listener(lanes, directory, adminKey, eventLoops))
        if configuration.role.servesKeys {
            services.append(
                FirstAdminKey(directory: directory, configuration: configuration, state: adminKey, logger: logger)
            )
        }
        services.append(Drain(relay: lanes.relay, patience: configuration.drain, state: lanes.draining, logger: logger))

        var group = ServiceGroupConfiguration(services: services, logger: quietLogger)
        group.maximumGracefulShutdownDuration = configuration.drain + Self.stopPatience
        do {
            try await ServiceGroup(configuration: group).run()
        } catch {
            await pool.close()
            throw error
        }
    }

    /// After the drain everything else has this long to end before it is cancelled.
    private static let stopPatience: Duration = .seconds(15)

    /// The service group tells at `info` which service starts when; that is for those who look for it.
    private var quietLogger: Logger {
        var logger = logger
        if logger.logLevel == .info { logger.logLevel = .notice }
        return logger
    }

    private func listener(
        _ lanes: Lanes,
        _ directory: Directory,
        _ adminKey: AdminKeyState,
        _ eventLoops: MultiThreadedEventLoopGroup
    ) throws -> some Service {
        let lane = HTTPServerBuilder { responder in
            TwoLaneChannel(responder: responder, coldLane: ColdLane(), fronts: lanes.fronts)
        }
        return Application(
            router: router(lanes, directory, adminKey),
            server: try configuration.tls.map { try .tls(lane, tlsConfiguration: $0.tlsConfiguration()) } ?? lane,
            configuration: .init(address: .hostname(configuration.host, port: configuration.port)),
            onServerRunning: { [configuration, logger, onListening] channel in
                guard let address = channel.localAddress else { return }
                logger.info("Listening.", metadata: configuration.listenerMetadata(at: address))
                await onListening(address)
            },
            eventLoopGroupProvider: .shared(eventLoops),
            logger: quietLogger
        )
    }

    private func router(
        _ lanes: Lanes,
        _ directory: Directory,
        _ adminKey: AdminKeyState
    ) -> Router<APIRequestContext> {
        let role = configuration.role
        let router = Router.api(for: role, pages: PackageIndexRoutes.pages)
        OperationsRoutes(
            directory: directory,
            description: OpenAPIDescription.document(for: role, version: Self.version),
            metrics: .shared,
            isSettled: { adminKey.isThere },
            isDraining: { lanes.draining.isDraining }
        )
        .add(to: router)
        PackageIndexRoutes(version: Self.version).add(to: router)
        if role.servesKeys {
            KeyServerRoutes(directory: directory) { [relay = lanes.relay] bot in
                guard let relay, let bot = directory.snapshot.bot(bot) else { return nil }
                return .object(relay.presence(of: bot).body)
            } look: { [relay = lanes.relay] bots in
                await relay?.look(at: bots.compactMap { directory.snapshot.bot($0) })
            }
            .add(to: router)
        }
        if let relay = lanes.relay {
            let group = router.group().add(middleware: Authentication { directory.snapshot })
            MessageRoutes(relay: relay).add(to: group)
            MeRoutes(directory: directory, relay: relay).add(to: group)
            SocketRoutes(relay: relay).add(to: group)
            EventRoutes(relay: relay).add(to: group)
        }
        return router
    }
}

extension ServerConfiguration {
    /// What the log says of a listener: its address as a URL, and what it serves.
    fileprivate func listenerMetadata(at address: SocketAddress) -> Logger.Metadata {
        let host = address.ipAddress ?? host
        let authority = (host.contains(":") ? "[\(host)]" : host) + ":\(address.port ?? port)"
        return ["url": "\(tls == nil ? "http" : "https")://\(authority)", "role": "\(role.rawValue)"]
    }
}

extension HiworkerServer: CustomStringConvertible {
    /// The service group logs its services: this one without its configuration, which has secrets.
    public var description: String { "HiworkerServer" }
}
