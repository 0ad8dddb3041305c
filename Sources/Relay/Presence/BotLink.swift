import API
import Directory
import Synchronization

/// How this process stands with one bot: its presence, what it offers, and how many messages it has in hand. Shared by all
/// event loops.
final class BotLink: Sendable {
    /// Messages of one bot that may run at a time in one process; a bot that needs more is not keeping up.
    static let maximumRunning = 10_000
    /// Webhook calls of one bot that may be open at a time. Each is a connection, here and at the bot.
    static let maximumCalls = 512

    let bot: ResourceID
    /// The domain of the bot's company.
    let company: String
    let delivery: Delivery
    /// That of the stored bot when this was made.
    let revision: Int64
    private let running = Atomic<Int>(0)
    private let calls = Atomic<Int>(0)
    private let parked = Atomic<Int>(0)
    private let state: Mutex<State>
    /// Held while somebody tells members of it, so that what is told last is what holds.
    private let announcing = Mutex<Void>(())

    fileprivate struct State {
        /// Open sockets; none for a webhook.
        var connections: [BotConnection] = []
        var online = false
        var since: Instant?
        var lastSeen: Instant?
        var reason: Presence.Reason?
        /// What the bot said can be taken now; at most one of each token.
        var offers: [AvailableValues] = []
        /// Whether there were some when its last connection ended, and nobody was told yet.
        var hasWithdrawn = false
        /// Whether the reason came of a call and not of a probe, and when.
        var failedCallAt: Instant?
        /// When a webhook was last looked at: by a call, or a probe that began.
        var lookedAt: Instant?
    }

    init(bot: SnapshotBot) {
        self.bot = bot.resourceID
        company = bot.company
        delivery = bot.delivery
        revision = bot.revision
        let reason: Presence.Reason = delivery == .socket ? .neverConnected : .notCalledYet
        state = Mutex(State(reason: reason))
    }

    /// Counts one more running message; false, and nothing counted, when there are too many.
    func beginMessage() -> Bool { Self.begin(running, below: Self.maximumRunning) }
    func endMessage() { running.subtract(1, ordering: .relaxed) }

    /// Counts one more open call; false, and nothing counted, when there are too many.
    func beginCall() -> Bool { Self.begin(calls, below: Self.maximumCalls) }
    func endCall() { calls.subtract(1, ordering: .relaxed) }

    /// Counts messages that wait for the bot to dial again.
    func park() { parked.add(1, ordering: .relaxed) }
    func unpark() { parked.subtract(1, ordering: .relaxed) }
    var hasParked: Bool { parked.load(ordering: .relaxed) > 0 }

    private static func begin(_ counter: borrowing Atomic<Int>, below bound: Int) -> Bool {
        guard counter.add(1, ordering: .relaxed).oldValue < bound else {
            counter.subtract(1, ordering: .relaxed)
            return false
        }
        return true
    }

    /// Hands over its presence, and whether its offers are gone since the last time; one after the other.
    func announce(_ tell: (Presence, _ hasWithdrawn: Bool) -> Void) {
        announcing.withLock { _ in
            let hasWithdrawn = state.withLock { state in
                defer { state.hasWithdrawn = false }
                return state.hasWithdrawn
            }
            tell(presence, hasWithdrawn)
        }
    }

    var presence: Presence {
        state.withLock { state in
            let heard = state.connections.map(\.lastHeard).max()
            return Presence(
                online: state.online,
                connections: state.connections.count,
                since: state.since,
                lastSeen: heard ?? state.lastSeen,
                reason: state.reason
            )
        }
    }
}

// Sockets: a bot is online while it has one. Each of these returns whether its presence changed.
extension BotLink {
    func opened(_ connection: BotConnection, at now: Instant) -> Bool {
        state.withLock { state in
            if !state.online { state.since = now }
            state.connections.append(connection)
            state.online = true
            state.reason = nil
            return true
        }
    }

    func closed(_ connection: BotConnection, _ reason: Presence.Reason, at now: Instant) -> Bool {
        state.withLock { state in
            guard let index = state.connections.firstIndex(where: { $0 === connection }) else { return false }
            state.connections.remove(at: index)
            state.lastSeen = max(state.lastSeen ?? connection.lastHeard, connection.lastHeard)
            guard state.connections.isEmpty else { return true }
            state.hasWithdrawn = state.hasWithdrawn || !state.offers.isEmpty
            state.offers = []
            state.online = false
            state.since = now
            state.reason = reason
            return true
        }
    }
}

// Webhooks: a bot is online when it last answered, or can be connected to. Each of these returns whether its presence
// changed.
extension BotLink {
    /// The bot answered a call as a bot should.
    func answered(at now: Instant) -> Bool {
        guard delivery != .socket else { return false }
        return state.withLock { state in
            state.lastSeen = now
            state.lookedAt = now
            state.failedCallAt = nil
            return state.turnOnline(at: now)
        }
    }

    /// A call failed. The bot stays offline until one does not, or until a probe succeeds much later.
    func failed(_ reason: Presence.Reason, at now: Instant) -> Bool {
        guard delivery != .socket else { return false }
        return state.withLock { state in
            if reason == .badStatus { state.lastSeen = now }
            state.lookedAt = now
            state.failedCallAt = now
            return state.turnOffline(reason, at: now)
        }
    }

    /// How long a failed call says more than a probe, which only sees that somebody listens.
    private static let callMemory: Duration = .seconds(5 * 60)

    /// A probe found the webhook's server, or did not, and why.
    func probed(_ absence: Presence.Reason?, at now: Instant) -> Bool {
        state.withLock { state in
            state.lookedAt = now
            if let absence { return state.turnOffline(absence, at: now) }
            if let failedAt = state.failedCallAt, now < failedAt.advanced(by: Self.callMemory) {
                switch state.reason {
                case .badStatus, .timeout: return false
                default: break
                }
            }
            state.lastSeen = now
            return state.turnOnline(at: now)
        }
    }

    /// Whether nobody looked for so long; then somebody does now.
    func beginProbe(unlookedFor age: Duration, now: Instant) -> Bool {
        state.withLock { state in
            if let looked = state.lookedAt, now < looked.advanced(by: age) { return false }
            state.lookedAt = now
            return true
        }
    }
}

extension BotLink.State {
    fileprivate mutating func turnOnline(at now: Instant) -> Bool {
        guard !online else { return false }
        online = true
        since = now
        reason = nil
        return true
    }

    fileprivate mutating func turnOffline(_ why: Presence.Reason, at now: Instant) -> Bool {
        let isNews = online || reason != why
        if online || since == nil { since = now }
        online = false
        reason = why
        return isNews
    }
}

// What a bot says can be taken now. It lives until it is replaced or the bot's last connection ends.
extension BotLink {
    /// Tokens of one bot that have such values at a time; the oldest is forgotten first.
    private static let maximumOffers = 200

    func offer(_ offer: AvailableValues) {
        state.withLock { state in
            state.offers.removeAll { $0.command == offer.command && $0.token == offer.token }
            state.offers.append(offer)
            if state.offers.count > Self.maximumOffers { state.offers.removeFirst() }
        }
    }

    /// All of them.
    var offers: [AvailableValues] { state.withLock(\.offers) }
}
