/// One event loop's hold on the newest snapshot.
///
/// Asking costs the comparison of one number while nothing changed. A value is confined to whoever holds it.
public struct SnapshotCache {
    private let publisher: SnapshotPublisher
    private var held: Snapshot

    public init(_ publisher: SnapshotPublisher) {
        self.publisher = publisher
        held = publisher.snapshot
    }

    /// The newest snapshot.
    public mutating func current() -> Snapshot {
        if publisher.version != held.version { held = publisher.snapshot }
        return held
    }
}
