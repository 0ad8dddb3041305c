public import API
public import Directory
public import Logging
public import NIOCore
import NIOSSL
public import ServiceLifecycle

/// Carries members' messages to bots and the replies back.
///
/// ```
/// member ─► RelayLoop.send ─► read text ─► route ─┬─► WebhookPool ─────────► bot
///                 ▲                               └─► BotSocket ◄─ dialled ─ bot
///                 ├─── answer, fail ◄─────────────────────┘
///                 └─── POST …/reply                              every loop ─ batches ─► History, EventHub
/// ```
///
/// Every message belongs to the event loop on which it arrived. The methods here are for the cold lane: each hops to the
/// loop that its message's id names. They may be called from anywhere.
public final class Relay: Service {
    let loops: [NIOLoopBound<RelayLoop>]
    private let loopIndex: [ObjectIdentifier: Int]
    let shared: RelayShared
    private let logger: Logger
    let repeats = IdempotencyTable()

    /// - Parameters:
    ///   - group: the event loops that connections are served on.
    ///   - history: where messages are kept; nil keeps none.
    ///   - declare: stores what bots declare over their sockets.
    public init(
        configuration: RelayConfiguration,
        publisher: SnapshotPublisher,
        history: History?,
        declare: @escaping DeclareCommands,
        group: any EventLoopGroup,
        logger: Logger
    ) async throws {
        let shared = RelayShared(
            configuration: configuration,
            publisher: publisher,
            history: history,
            declare: declare
        )
        let tls = try NIOSSLContext(configuration: .clientDefault)
        let eventLoops = Array(group.makeIterator())
        precondition(eventLoops.count <= 256, "A message's id has eight bits for its event loop.")
        var loops: [NIOLoopBound<RelayLoop>] = []
        for (index, eventLoop) in eventLoops.enumerated() {
            let bound =
                try await eventLoop.submit {
                    let loop = RelayLoop(index: UInt8(index), eventLoop: eventLoop, shared: shared, tls: tls)
                    return NIOLoopBound(loop, eventLoop: eventLoop)
                }
                .get()
            loops.append(bound)
        }
        let mailboxes = loops.map(LoopMailbox.init)
        for bound in loops { try await bound.submit { $0.join(mailboxes) }.get() }
        self.loops = loops
        loopIndex = Dictionary(uniqueKeysWithValues: eventLoops.enumerated().map { (ObjectIdentifier($1), $0) })
        self.shared = shared
        self.logger = logger
    }

    /// The relay's part on an event loop of its group. Only on that loop.
    package func loop(on eventLoop: any EventLoop) -> RelayLoop {
        guard let index = loopIndex[ObjectIdentifier(eventLoop)] else {
            preconditionFailure("The event loop is none of the relay's group.")
        }
        return loops[index].value
    }

    /// Sweeps and writes the history until the server stops; then what is in hand is finished by ``drain(for:)``.
    public func run() async throws {
        let sweeps = loops.map { bound in
            bound.eventLoop.scheduleRepeatedTask(
                initialDelay: RelayLoop.sweepInterval,
                delay: RelayLoop.sweepInterval
            ) { _ in bound.value.sweep(now: .now()) }
        }
        let rates = loops[0].eventLoop
            .scheduleRepeatedTask(initialDelay: .minutes(1), delay: .minutes(1)) { [self] _ in
                for bound in loops { bound.execute { $0.forgetRates() } }
                shared.rates.sweep(now: Int64(truncatingIfNeeded: NIODeadline.now().uptimeNanoseconds))
            }
        let heartbeats = loops[0].eventLoop
            .scheduleRepeatedTask(initialDelay: EventHub.heartbeatInterval, delay: EventHub.heartbeatInterval) {
                [self] _ in
                shared.events.beat(now: .now())
                lookAtWatchedBots()
            }
        try? await gracefulShutdown()
        for task in sweeps + [rates, heartbeats] { task.cancel() }
        for bound in loops { try? await bound.submit { $0.handOverToHistory() }.get() }
    }

    /// Takes no more messages, tells the bots to dial again, and waits until every message that somebody waits for, or that
    /// is with a bot at this moment, is answered; at most so long. Whoever waits then still learns that the message runs.
    /// Then the sockets and the streams of events end.
    public func drain(for patience: Duration) async {
        let drains = loops.map { bound in
            bound.submit { $0.drain(for: TimeAmount(patience)) }.flatMap { $0 }
        }
        for drain in drains { try? await drain.get() }
        for bound in loops { try? await bound.submit { $0.closeSocketsForGood() }.get() }
        shared.events.close()
    }

    /// The presence of a bot in this process.
    public func presence(of bot: SnapshotBot) -> Presence {
        shared.links.link(of: bot).presence
    }

    /// What a bot says can be taken now, by command and token.
    public func available(of bot: SnapshotBot) -> [AvailableValues] {
        shared.links.link(of: bot).offers
    }

    /// The members' open streams of events.
    public var events: EventHub { shared.events }

    /// Lets go of what was deleted or revoked, and tells members of the bots that changed. Called by the directory after
    /// every change.
    public func directoryChanged(_ changes: SnapshotChanges) {
        for (company, bots) in changes.changedBotsByCompany { shared.events.publish(.bots(bots), to: company) }
        shared.events.end(changes)
        shared.links.forget(changes.deletedBots)
        guard !changes.isEmpty else { return }
        for bound in loops { bound.execute { $0.directoryChanged(changes) } }
    }
}

extension Relay {
    /// Why a bot's socket is not opened now on an event loop of the relay; nil when it may be.
    public func refusalOfSocket(for bot: SnapshotBot, on eventLoop: any EventLoop) async -> Problem? {
        try? await eventLoop.submit { self.loop(on: eventLoop).refusalOfSocket(for: bot) }.get()
    }
}
