public import API
public import Directory
import Metrics
import NIOCore
import Synchronization

/// Carries events to the members' open streams, and keeps the latest for those that come back. From any thread.
///
/// A member has a feed while a stream is open and for a while after; nothing is kept for anybody else, and while nobody
/// listens an event costs the reading of one number. Feeds are divided among locks, so that event loops rarely meet.
public final class EventHub: Sendable {
    private let node: UInt32
    private let shards: [Shard]
    /// Numbers events; starts at 1.
    private let latest = Atomic<UInt64>(1)
    private let feedCount = Atomic<Int>(0)
    private let isClosed = Atomic<Bool>(false)
    private let streamCount = Atomic<Int>(0)
    private let streamGauge = Gauge(label: "hiworker_event_streams")
    /// What ended a short while ago.
    private let gone = Mutex(GoneCallers())
    private let slowCount = Counter(label: "hiworker_event_streams_slow_total")

    /// Streams of one member at a time: tabs and devices. One more ends the oldest.
    static let maximumStreams = 32
    private static let shardCount = 64

    private final class Shard: Sendable {
        let feeds = Mutex<[ResourceID: MemberFeed]>([:])
    }

    private struct MemberFeed {
        let company: String
        var feed: EventFeed
        var streams: [EventStream] = []
        /// When the last stream ended.
        var idleSince: NIODeadline?
    }

    init(node: UInt32) {
        self.node = node
        shards = (0..<Self.shardCount).map { _ in Shard() }
    }

    private func shard(of member: ResourceID) -> Shard {
        shards[Int(UInt(bitPattern: member.hashValue) % UInt(Self.shardCount))]
    }

    /// Opens a stream; what comes after this moment is in it, and what was missed since `last` before that.
    ///
    /// - Parameters:
    ///   - last: the id of the last event that the client has; nil for a client that reads everything anew anyway.
    ///   - onSlow: ends the client's connection.
    /// - Throws: `shutting_down`.
    public func open(
        for member: SnapshotMember,
        key: APIKey,
        after last: String?,
        onSlow: @escaping @Sendable () -> Void
    ) throws(Problem) -> EventStream {
        try requireOpen()
        let slow = slowCount
        let stream = EventStream(member: member, key: key) {
            slow.increment()
            onSlow()
        }
        shard(of: member.resourceID).feeds
            .withLock { feeds in
                var feed = feeds[member.resourceID] ?? newFeed(member)
                // The newest is what somebody looks at; the oldest may be a connection that nobody has any more.
                if feed.streams.count == Self.maximumStreams {
                    feed.streams.removeFirst().end()
                    streamCount.subtract(1, ordering: .relaxed)
                }
                if let last {
                    resume(stream, feed.feed, after: last)
                } else {
                    stream.begin = EventID(node: node, number: latest.load(ordering: .relaxed))
                }
                feed.streams.append(stream)
                feed.idleSince = nil
                feeds[member.resourceID] = feed
            }
        streamGauge.record(streamCount.add(1, ordering: .relaxed).newValue)
        // Its key may have been revoked, or the server have begun to stop, since whoever asks looked.
        if gone.withLock({ $0.has(stream, now: .now()) }) || isClosed.load(ordering: .acquiring) { stream.end() }
        return stream
    }

    /// Throws `shutting_down` once the server stops.
    public func requireOpen() throws(Problem) {
        guard !isClosed.load(ordering: .acquiring) else { throw Problem(.shuttingDown, retryAfterSeconds: 1) }
    }

    /// It begins behind an event of its own: of what happened before it knows nothing.
    private func newFeed(_ member: SnapshotMember) -> MemberFeed {
        feedCount.add(1, ordering: .relaxed)
        let number = latest.add(1, ordering: .relaxed).newValue
        return MemberFeed(company: member.company, feed: EventFeed(after: number))
    }

    private func resume(_ stream: EventStream, _ feed: EventFeed, after last: String) {
        if let id = EventID(last), id.node == node, let missed = feed.events(after: id.number) {
            stream.begin = id
            for entry in missed { stream.send(.event(EventID(node: node, number: entry.number), entry.event)) }
        } else {
            stream.begin = EventID(node: node, number: latest.load(ordering: .relaxed))
            stream.send(.event(stream.begin, .reset))
        }
    }

    /// The client is gone.
    public func close(_ stream: EventStream) {
        stream.end()
        let wasOpen = shard(of: stream.member).feeds
            .withLock { feeds in
                guard let index = feeds[stream.member]?.streams.firstIndex(where: { $0 === stream }) else {
                    return false
                }
                feeds[stream.member]?.streams.remove(at: index)
                if feeds[stream.member]?.streams.isEmpty == true { feeds[stream.member]?.idleSince = .now() }
                return true
            }
        if wasOpen { streamGauge.record(streamCount.subtract(1, ordering: .relaxed).newValue) }
    }
}

extension EventHub {
    /// Tells a member.
    func publish(_ event: RelayEvent, to member: ResourceID) {
        guard feedCount.load(ordering: .relaxed) > 0 else { return }
        shard(of: member).feeds.withLock { publish(event, to: member, &$0) }
    }

    /// Tells the members of a company.
    func publish(_ event: RelayEvent, to company: String) {
        guard feedCount.load(ordering: .relaxed) > 0 else { return }
        for shard in shards {
            shard.feeds.withLock { feeds in
                // Over the members alone: a copy of the feeds would make each of them anew.
                for member in Array(feeds.keys) where feeds[member]?.company == company {
                    publish(event, to: member, &feeds)
                }
            }
        }
    }

    /// Under the lock, so that every stream of a member has the same order.
    private func publish(_ event: RelayEvent, to member: ResourceID, _ feeds: inout [ResourceID: MemberFeed]) {
        guard feeds[member] != nil else { return }
        let number = latest.add(1, ordering: .relaxed).newValue
        feeds[member]?.feed.append(event, number: number, now: .now())
        let id = EventID(node: node, number: number)
        for stream in feeds[member]?.streams ?? [] { stream.send(.event(id, event)) }
    }
}

// Upkeep.
extension EventHub {
    /// Between two heartbeats of a silent stream; proxies commonly cut off what is silent for 30 to 60 seconds.
    static let heartbeatInterval: TimeAmount = .seconds(15)

    /// Every ``heartbeatInterval``: tells silent streams that it lives, and forgets members who are gone for long.
    func beat(now: NIODeadline) {
        for shard in shards {
            shard.feeds.withLock { feeds in
                for (member, feed) in feeds {
                    for stream in feed.streams { stream.send(.heartbeat) }
                    guard let idle = feed.idleSince, idle + EventFeed.maximumAge <= now else { continue }
                    feeds[member] = nil
                    feedCount.subtract(1, ordering: .relaxed)
                }
            }
        }
    }

    /// The companies of members who have a stream open.
    var companies: Set<String> {
        shards.reduce(into: []) { companies, shard in
            shard.feeds.withLock { feeds in
                for feed in feeds.values where !feed.streams.isEmpty { companies.insert(feed.company) }
            }
        }
    }

    /// Ends the streams of keys that were revoked, and of members and companies that were deleted.
    func end(_ changes: SnapshotChanges) {
        let (keys, members) = (Set(changes.revokedKeys), Set(changes.deletedMembers))
        let companies = Set(changes.deletedCompanies)
        guard !keys.isEmpty || !members.isEmpty || !companies.isEmpty else { return }
        gone.withLock { $0.add(changes, now: .now()) }
        end { members.contains($0.member) || keys.contains($0.key) || companies.contains($0.company) }
        for shard in shards {
            shard.feeds.withLock { feeds in
                for (member, feed) in feeds where members.contains(member) || companies.contains(feed.company) {
                    feeds[member]?.feed.removeAll()
                }
            }
        }
    }

    /// Ends all streams and opens no more: the server stops, and clients are to find another or wait.
    func close() {
        isClosed.store(true, ordering: .releasing)
        end { _ in true }
    }

    private func end(where isOver: (EventStream) -> Bool) {
        for shard in shards {
            shard.feeds.withLock { feeds in
                for feed in feeds.values {
                    for stream in feed.streams where isOver(stream) { stream.end() }
                }
            }
        }
    }
}
