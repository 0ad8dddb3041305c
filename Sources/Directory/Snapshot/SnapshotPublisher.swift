import Atomics

/// Where the newest snapshot is to be had. One thread publishes, any thread reads; nobody waits for anybody.
public final class SnapshotPublisher: Sendable {
    private let published: ManagedAtomic<Reference>
    /// The published snapshot's version, to be compared without touching the reference count that all threads share.
    private let publishedVersion: ManagedAtomic<UInt64>

    package init(_ snapshot: Snapshot = Snapshot(tables: SnapshotTables(), version: 0)) {
        published = ManagedAtomic(Reference(snapshot))
        publishedVersion = ManagedAtomic(snapshot.version)
    }

    /// The newest snapshot. Touches a counter that all threads share: an event loop uses a ``SnapshotCache``.
    public var snapshot: Snapshot { published.load(ordering: .acquiring).snapshot }

    /// The newest snapshot's version.
    public var version: UInt64 { publishedVersion.load(ordering: .acquiring) }

    /// Only one thread at a time may publish, and versions must differ.
    package func publish(_ snapshot: Snapshot) {
        published.store(Reference(snapshot), ordering: .releasing)
        publishedVersion.store(snapshot.version, ordering: .releasing)
    }

    private final class Reference: AtomicReference, Sendable {
        let snapshot: Snapshot

        init(_ snapshot: Snapshot) {
            self.snapshot = snapshot
        }
    }
}
