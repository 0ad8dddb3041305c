/// What the follower of MongoDB knows about itself: a value, with the time passed in.
struct FollowerHealth: Sendable {
    enum Connection: Sendable {
        /// Nothing heard yet.
        case starting
        /// The last sign of life came at this time.
        case connected(lastSign: ContinuousClock.Instant)
        /// The last sign of life, nil when there never was one, and why no more came.
        case lost(lastSign: ContinuousClock.Instant?, problem: Problem)
    }

    struct Problem: Sendable, Equatable {
        /// By which problems are told apart.
        let code: String
        /// What to do about it. It may name what changes with each attempt.
        let sentence: String
    }

    private(set) var connection = Connection.starting
    private(set) var isLoaded = false
    private(set) var source = DirectoryStatus.Source.changeStream
    /// How long silence is nothing unusual.
    private(set) var patience = Self.streamPatience
    private(set) var unreadableDocuments = 0
    private(set) var reopenings = 0
    private(set) var loads = 0

    /// A stream that lives shows it twice a second.
    static let streamPatience = Duration.seconds(3)

    /// Returns whether this is news: it was not connected before, or in another way.
    mutating func hear(from source: DirectoryStatus.Source, now: ContinuousClock.Instant) -> Bool {
        let isNews = !isConnected || source != self.source
        self.source = source
        if source == .changeStream { patience = Self.streamPatience }
        connection = .connected(lastSign: now)
        return isNews
    }

    /// Everything was read. Polling is silent while it reads and then for four times as long.
    mutating func loaded(in duration: Duration, unreadable: Int) {
        isLoaded = true
        loads += 1
        unreadableDocuments = unreadable
        if source == .polling { patience = Self.streamPatience + duration * 8 }
    }

    mutating func foundUnreadable() {
        unreadableDocuments += 1
    }

    /// Returns whether this is news: it was connected before, or the problem was of another kind.
    mutating func lose(_ problem: Problem) -> Bool {
        switch connection {
        case .starting:
            connection = .lost(lastSign: nil, problem: problem)
            return true
        case .connected(let lastSign):
            if source == .changeStream { reopenings += 1 }
            connection = .lost(lastSign: lastSign, problem: problem)
            return true
        case .lost(let lastSign, let known):
            connection = .lost(lastSign: lastSign, problem: problem)
            return problem.code != known.code
        }
    }

    private var isConnected: Bool {
        if case .connected = connection { true } else { false }
    }

    /// When MongoDB was last heard of and why not since; nil while it is heard of.
    func silence(now: ContinuousClock.Instant) -> (since: ContinuousClock.Instant?, problem: String)? {
        switch connection {
        case .starting:
            return (nil, "MongoDB was not heard of yet.")
        case .connected(let lastSign):
            guard now - lastSign > patience else { return nil }
            return (lastSign, "MongoDB has not answered for \((now - lastSign).components.seconds) seconds.")
        case .lost(let lastSign, let problem):
            return (lastSign, problem.sentence)
        }
    }
}
