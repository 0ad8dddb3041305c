import API
import Directory
import Logging
import Mongo
import NIOCore
import Relay
import ServiceLifecycle

/// The relay of this process with its fronts and its history; empty where it is a key server alone.
struct Lanes: Sendable {
    let relay: Relay?
    let fronts: FrontLoops?
    let draining = DrainState()
    /// In the order in which they start.
    let services: [any Service]

    init(
        _ configuration: ServerConfiguration,
        _ directory: Directory,
        _ database: MongoDatabase,
        _ eventLoops: any EventLoopGroup,
        _ logger: Logger
    ) async throws {
        guard configuration.role.servesRelay else {
            relay = nil
            fronts = nil
            services = []
            return
        }
        let days = configuration.historyDays
        let history = days > 0 ? History(database: database, days: days, logger: logger) : nil
        let relay = try await Relay(
            configuration: RelayConfiguration(
                messagesPerSecond: configuration.messagesPerSecond,
                historyDays: days,
                webhookAddresses: AddressPolicy(allowed: configuration.webhookAllow)
            ),
            publisher: directory.snapshots,
            history: history,
            declare: directory.declare,
            group: eventLoops,
            logger: logger
        )
        let fronts = try await FrontLoops(group: eventLoops, relay: relay)
        self.relay = relay
        self.fronts = fronts
        services = (history.map { [$0] } ?? []) + [relay, fronts]
    }
}
