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

    /// Events that wait for the client to take them. One that falls further behind is cut off and resumes, which sends it
    /// the latest or says `reset`.
    static let maximumUnread = 1_000

    /// - Parameter onSlow: ends the client's connection; what is written to one that does not read would wait for ever.
    init(member: SnapshotMember, key: APIKey, onSlow: @escaping @Sendable () -> Void) {
        self.member = member.resourceID
        company = member.company
        self.key = key.resourceID
        self.onSlow = onSlow
        (items, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(Self.maximumUnread))
    }

    func send(_ item: Item) {
        guard case .dropped = continuation.yield(item) else { return }
        end()
        onSlow()
    }

    func end() {
        continuation.finish()
    }
}
