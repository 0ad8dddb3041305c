import Directory
import Synchronization

/// One client's stream of events. Whoever serves it takes what ``items`` has until that ends.
public final class EventStream: Sendable {
    /// What is sent to the client.
    public enum Item: Sendable {
        case event(EventID, RelayEvent)
        /// Nothing happened for a while: tells both ends that the other is there.
        case heartbeat
    }

    /// Ends when the client is too slow, its key or member is gone, or the server stops.
    public let items: AsyncStream<Item>
    let member: ResourceID
    let company: String
    let key: ResourceID
    private let continuation: AsyncStream<Item>.Continuation
    private let onSlow: @Sendable () -> Void
    private let unreadBytes = Atomic<Int>(0)
    private let hasEnded = Atomic<Bool>(false)
    private let beginning = Mutex(EventID(node: 0, number: 0))

    /// Events that wait for the client to take them. One that falls further behind is cut off and resumes, which sends it
    /// the latest or says `reset`.
    static let maximumUnread = 1_000
    /// What they may occupy; that of bots, who are bounded alike.
    static let maximumUnreadBytes = BotSocket.maximumUnreadBytes

    /// - Parameter onSlow: ends the client's connection; what is written to one that does not read would wait for ever.
    init(member: SnapshotMember, key: APIKey, onSlow: @escaping @Sendable () -> Void) {
        self.member = member.resourceID
        company = member.company
        self.key = key.resourceID
        self.onSlow = onSlow
        (items, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(Self.maximumUnread))
    }

    /// The event behind which it begins: a client that is interrupted before the first one comes back with this.
    public internal(set) var begin: EventID {
        get { beginning.withLock { $0 } }
        set { beginning.withLock { $0 = newValue } }
    }

    func send(_ item: Item) {
        let unread = unreadBytes.add(item.approximateBytes, ordering: .relaxed).newValue
        if unread <= Self.maximumUnreadBytes {
            switch continuation.yield(item) {
            case .dropped: break
            // Also one that ended: nobody takes anything out of it any more.
            default: return
            }
        }
        if end() { onSlow() }
    }

    /// Whoever serves it took an item out.
    public func took(_ item: Item) {
        unreadBytes.subtract(item.approximateBytes, ordering: .relaxed)
    }

    /// False when it had ended before.
    @discardableResult
    func end() -> Bool {
        guard !hasEnded.exchange(true, ordering: .relaxed) else { return false }
        continuation.finish()
        return true
    }
}

extension EventStream.Item {
    fileprivate var approximateBytes: Int {
        switch self {
        case .event(_, let event): event.approximateBytes
        case .heartbeat: 64
        }
    }
}
