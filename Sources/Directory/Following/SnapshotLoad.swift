import BSON
import Mongo
import Synchronization

/// Reads everything that the snapshot is made of.
///
/// The documents are lent by MongoDB's client one at a time on a thread of its own, hence the lock, which nobody else
/// ever holds.
final class SnapshotLoad: Sendable {
    private struct State {
        var tables: SnapshotTables
        var unreadable = UnreadableDocuments()
    }

    private let state: Mutex<State>

    private init(expecting expected: SnapshotCounts) {
        state = Mutex(State(tables: SnapshotTables(expecting: expected)))
    }

    /// The tables, and what could not be read. Reads with majority concern, companies first.
    static func tables(
        from collections: Collections
    ) async throws -> (tables: SnapshotTables, unreadable: UnreadableDocuments) {
        let load = SnapshotLoad(expecting: try await collections.counts())
        try await collections.companies.scan { bytes in
            load.add(bytes, of: CompanyDocument.collection) { $0.put(try CompanyDocument.entry(bytes)) }
        }
        try await collections.bots.scan { bytes in
            load.add(bytes, of: BotDocument.collection) { tables in
                tables.load(try BotDocument.entry(bytes) { tables.shared(domain: $0) })
            }
        }
        try await collections.members.scan { bytes in
            load.add(bytes, of: MemberDocument.collection) { tables in
                tables.load(try MemberDocument.entry(bytes) { tables.shared(domain: $0) })
            }
        }
        try await collections.keys.scan { bytes in
            load.add(bytes, of: KeyDocument.collection) { tables in
                tables.load(try KeyDocument.entry(bytes) { tables.shared(domain: $0) })
            }
        }
        return load.finish()
    }

    private func add(
        _ bytes: UnsafeRawBufferPointer,
        of collection: String,
        _ put: (inout SnapshotTables) throws -> Void
    ) {
        state.withLock { state in
            do {
                try put(&state.tables)
            } catch {
                state.unreadable.add(bytes, of: collection, error)
            }
        }
    }

    private func finish() -> (tables: SnapshotTables, unreadable: UnreadableDocuments) {
        state.withLock { state in
            state.tables.finishLoading()
            return (state.tables, state.unreadable)
        }
    }
}

/// Stored documents that could not be read: how many, and the first ones with the reason, for the log.
struct UnreadableDocuments: Sendable {
    private(set) var count = 0
    private(set) var samples: [(id: String, reason: String)] = []

    private static let maximumSamples = 10

    mutating func add(_ bytes: UnsafeRawBufferPointer, of collection: String, _ error: any Error) {
        add("\(collection)/\(Self.id(bytes))", error)
    }

    mutating func add(_ id: String, _ error: any Error) {
        count += 1
        if samples.count < Self.maximumSamples { samples.append((id, "\(error)")) }
    }

    private static func id(_ bytes: UnsafeRawBufferPointer) -> String {
        guard var reader = try? BSONReader(bytes) else { return "?" }
        while let element = try? reader.next() {
            if "_id" ~= element.key { return (try? element.string()) ?? "?" }
        }
        return "?"
    }
}
