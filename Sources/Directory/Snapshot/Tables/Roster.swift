/// What stands in a ``Roster``.
protocol RosterEntry: AnyObject, Sendable {
    var name: String { get }
    var resourceID: ResourceID { get }
}

extension SnapshotBot: RosterEntry {}
extension SnapshotMember: RosterEntry {}

/// The bots or members of one company by name, those of one name by id. Copied by value; a change copies one chunk.
struct Roster<Entry: RosterEntry>: Sendable {
    /// Every chunk is sorted and not empty, and no entry of one stands before an entry of the chunk before it.
    private var chunks: ContiguousArray<ContiguousArray<Entry>> = []

    /// A chunk with more is cut in two.
    private static var maximumChunk: Int { 512 }

    var isEmpty: Bool { chunks.isEmpty }

    /// All of them in order.
    var entries: [Entry] { chunks.flatMap { $0 } }

    /// Adds without looking for the place, for loading: ``sort()`` comes before anything else.
    mutating func append(unsorted entry: Entry) {
        if chunks.isEmpty {
            chunks.append([entry])
        } else {
            chunks[0].append(entry)
        }
    }

    /// Puts what was appended in order.
    mutating func sort() {
        guard let unsorted = chunks.first else { return }
        let sorted = unsorted.sorted { Position($0) < Position($1) }
        chunks = ContiguousArray(
            stride(from: 0, to: sorted.count, by: Self.maximumChunk)
                .map { start in
                    ContiguousArray(sorted[start..<min(start + Self.maximumChunk, sorted.count)])
                }
        )
    }

    mutating func insert(_ entry: Entry) {
        let position = Position(entry)
        guard !chunks.isEmpty else {
            chunks.append([entry])
            return
        }
        let chunk = chunks.partitioningIndex { $0[0].isAfter(position) }
        let target = max(chunk - 1, 0)
        let place = chunks[target].partitioningIndex { $0.isAfter(position) }
        chunks[target].insert(entry, at: place)
        if chunks[target].count > Self.maximumChunk {
            let half = chunks[target].count / 2
            chunks.insert(ContiguousArray(chunks[target][half...]), at: target + 1)
            chunks[target].removeSubrange(half...)
        }
    }

    /// Takes out the entry with this one's name and id.
    mutating func remove(_ entry: Entry) {
        let position = Position(entry)
        let chunk = chunks.partitioningIndex { $0[0].isAfter(position) } - 1
        guard chunk >= 0 else { return }
        let place = chunks[chunk].partitioningIndex { !$0.isBefore(position) }
        guard place < chunks[chunk].count, chunks[chunk][place].resourceID == entry.resourceID else { return }
        if chunks[chunk].count == 1 {
            chunks.remove(at: chunk)
        } else {
            chunks[chunk].remove(at: place)
        }
    }

    /// Those with exactly this name, canonically equivalent texts being one.
    func entries(named name: String) -> [Entry] {
        var found: [Entry] = []
        let first = chunks.partitioningIndex { !($0[0].name < name) }
        for chunk in chunks[max(first - 1, 0)...] {
            if chunk[0].name > name { break }
            let start = chunk.partitioningIndex { !($0.name < name) }
            found.append(contentsOf: chunk[start...].prefix { $0.name == name })
        }
        return found
    }

    /// Up to `limit` entries that stand behind `previous`, or the first ones.
    func entries(after previous: Entry?, limit: Int) -> [Entry] {
        guard let previous else { return Array(chunks.lazy.joined().prefix(limit)) }
        let position = Position(previous)
        let first = chunks.partitioningIndex { $0[0].isAfter(position) }
        var page: [Entry] = []
        for chunk in chunks[max(first - 1, 0)...] where page.count < limit {
            let start = chunk.partitioningIndex { $0.isAfter(position) }
            page.append(contentsOf: chunk[start...].prefix(limit - page.count))
        }
        return page
    }
}

/// Where an entry stands: by name, then by id.
private struct Position: Comparable {
    let name: String
    let id: ResourceID

    init(_ entry: some RosterEntry) {
        name = entry.name
        id = entry.resourceID
    }

    static func < (left: Position, right: Position) -> Bool {
        left.name == right.name ? left.id.precedes(right.id) : left.name < right.name
    }
}

extension RosterEntry {
    fileprivate func isAfter(_ position: Position) -> Bool { position < Position(self) }
    fileprivate func isBefore(_ position: Position) -> Bool { Position(self) < position }
}

extension ResourceID {
    /// Any order will do that never changes.
    fileprivate func precedes(_ other: ResourceID) -> Bool {
        (upper, lower) < (other.upper, other.lower)
    }
}

extension RandomAccessCollection {
    /// The first index whose element satisfies the predicate, in a collection where all that do stand at the end.
    fileprivate func partitioningIndex(where belongsInSecondPart: (Element) -> Bool) -> Index {
        var low = startIndex
        var remaining = count
        while remaining > 0 {
            let half = remaining / 2
            let middle = index(low, offsetBy: half)
            if belongsInSecondPart(self[middle]) {
                remaining = half
            } else {
                low = index(after: middle)
                remaining -= half + 1
            }
        }
        return low
    }
}
