import Directory
import Synchronization

/// How this process stands with one bot: its presence, and how many messages it has in hand. Shared by all event loops.
final class BotLink: Sendable {
    /// Messages of one bot that may run at a time in one process; a bot that needs more is not keeping up.
    static let maximumRunning = 10_000
    /// Webhook calls of one bot that may be open at a time. Each is a connection, here and at the bot.
    static let maximumCalls = 512

    let delivery: Delivery
    private let running = Atomic<Int>(0)
    private let calls = Atomic<Int>(0)
    private let state: Mutex<State>

    private struct State {
        var online = false
        var since: Instant?
        var lastSeen: Instant?
        var reason: Presence.Reason?
    }

    init(delivery: Delivery) {
        self.delivery = delivery
        let reason: Presence.Reason = delivery == .socket ? .neverConnected : .notCalledYet
        state = Mutex(State(reason: reason))
    }

    /// Counts one more running message; false, and nothing counted, when there are too many.
    func beginMessage() -> Bool { Self.begin(running, below: Self.maximumRunning) }
    func endMessage() { running.subtract(1, ordering: .relaxed) }

    /// Counts one more open call; false, and nothing counted, when there are too many.
    func beginCall() -> Bool { Self.begin(calls, below: Self.maximumCalls) }
    func endCall() { calls.subtract(1, ordering: .relaxed) }

    private static func begin(_ counter: borrowing Atomic<Int>, below bound: Int) -> Bool {
        guard counter.add(1, ordering: .relaxed).oldValue < bound else {
            counter.subtract(1, ordering: .relaxed)
            return false
        }
        return true
    }

    /// The bot was heard: it answered, whatever it said.
    func heard(at now: Instant) {
        state.withLock { state in
            if !state.online { state.since = now }
            state.online = true
            state.lastSeen = now
            state.reason = nil
        }
    }

    /// The bot could not be reached.
    func lost(_ reason: Presence.Reason, at now: Instant) {
        state.withLock { state in
            if state.online || state.since == nil { state.since = now }
            state.online = false
            state.reason = reason
        }
    }

    var presence: Presence {
        state.withLock {
            Presence(online: $0.online, connections: 0, since: $0.since, lastSeen: $0.lastSeen, reason: $0.reason)
        }
    }
}

/// The links of all bots that this process had to do with.
final class BotLinks: Sendable {
    private let links = Mutex<[ResourceID: BotLink]>([:])

    func link(of bot: SnapshotBot) -> BotLink {
        links.withLock { links in
            // What was known of the old delivery says nothing of the new one.
            if let link = links[bot.resourceID], link.delivery == bot.delivery { return link }
            let link = BotLink(delivery: bot.delivery)
            links[bot.resourceID] = link
            return link
        }
    }

    /// Forgets bots that were deleted.
    func forget(_ bots: some Sequence<ResourceID>) {
        links.withLock { links in
            for bot in bots { links[bot] = nil }
        }
    }
}
