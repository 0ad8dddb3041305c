/// How current a directory's snapshot is: what `/readyz` and the metrics say.
public struct DirectoryStatus: Sendable, Equatable {
    /// How the directory learns of changes.
    public enum Source: Sendable, Hashable {
        /// MongoDB tells of each: a replica set.
        case changeStream
        /// Everything is read again and again: a standalone server.
        case polling
    }

    /// Whether the snapshot holds what MongoDB held once. Until then no key is known.
    public let isLoaded: Bool
    /// Whether MongoDB showed a sign of life within ``Directory/silenceLimit``.
    public let isConnected: Bool
    public let source: Source
    /// Since when changes may have been missed; nil while connected, and before the first connection.
    public let staleSince: Instant?
    /// Why the last attempt to load or to follow failed, as a sentence; nil while connected.
    public let problem: String?
    /// The version of the newest snapshot; it grows with every change.
    public let version: UInt64
    public let counts: SnapshotCounts
    /// Stored documents that could not be read and are left out of the snapshot. The log names them.
    public let unreadableDocuments: Int
    /// How often the stream of changes was opened again after it had failed.
    public let reopenings: Int
    /// How often everything was loaded, the first time included. Polling counts each round.
    public let loads: Int
}
