/// What a ``ShardedTable`` holds: a value that carries its own key.
protocol TableEntry: Sendable {
    associatedtype Key: TableKey
    var tableKey: Key { get }
    /// That of the key. For entries that have it at hand without looking at the key.
    var tableHash: UInt64 { get }
    /// Whether the key is this one. For entries that can often say no without looking at their own.
    func hasKey(_ key: Key) -> Bool
}

extension TableEntry {
    var tableHash: UInt64 { tableKey.tableHash }

    func hasKey(_ key: Key) -> Bool { tableKey == key }
}

/// What entries are found by.
protocol TableKey: Equatable, Sendable {
    /// 64 well-mixed bits. The table takes the shard from the upper and the slot from the lower ones.
    var tableHash: UInt64 { get }
}

/// A hash table of up to millions of entries that is copied by value and pays for a change by the shard.
///
/// The snapshot is replaced at every change, and a table of a million keys must not be copied for one of them. So the
/// entries lie in shards of about a thousand: a copy of the table shares all of them, and a change copies the one it
/// touches (and the list of shards) and no more. Nothing has to be merged later, so every change costs the same.
/// While nobody shares it, as during loading, a table changes in place.
struct ShardedTable<Entry: TableEntry>: Sendable {
    private(set) var count = 0
    /// As many as a power of two.
    private var shards = [TableShard<Entry>()]
    /// How far a hash is shifted for the number of its shard: 64 for one shard, 63 for two.
    private var shift: UInt64 = 64

    /// Doubles the number of shards when they hold more than this on average. A copy of so many entries takes some
    /// microseconds; fewer would make the list of shards the larger part of a change.
    private static var entriesPerShard: Int { 1024 }

    init() {}

    /// An empty table with room for about so many entries, which it then takes without growing.
    init(expecting expected: Int) {
        while shards.count * Self.entriesPerShard < expected {
            shards.append(contentsOf: shards)
            shift -= 1
        }
        let share = expected / shards.count
        // Few shards get more than a tenth above their share.
        shards = shards.map { _ in TableShard(expecting: share + share / 10) }
    }

    subscript(key: Entry.Key) -> Entry? {
        let hash = key.tableHash
        return shards[shard(hash)].entry(hash: hash) { $0.hasKey(key) }
    }

    /// The entry with this hash for which the closure holds: a look-up without making a key.
    func first(hash: UInt64, where matches: (Entry) -> Bool) -> Entry? {
        shards[shard(hash)].entry(hash: hash, where: matches)
    }

    /// Puts the entry in, in place of the one with its key; returns that one.
    @discardableResult
    mutating func update(_ entry: Entry) -> Entry? {
        let hash = entry.tableHash
        let replaced = shards[shard(hash)].update(entry, hash: hash)
        if replaced == nil {
            count += 1
            if count > shards.count * Self.entriesPerShard { split() }
        }
        return replaced
    }

    /// Puts an entry in whose key is not there: ``update(_:)`` without the search.
    mutating func insert(new entry: Entry) {
        let hash = entry.tableHash
        shards[shard(hash)].append(entry, hash: hash)
        count += 1
        if count > shards.count * Self.entriesPerShard { split() }
    }

    /// Takes the entry with this key out and returns it.
    @discardableResult
    mutating func remove(_ key: Entry.Key) -> Entry? {
        let hash = key.tableHash
        let removed = shards[shard(hash)].remove(key, hash: hash)
        if removed != nil { count -= 1 }
        return removed
    }

    /// Lends the entry with this key, put in before if there is none, to be changed in place. The key must stay what it
    /// is.
    mutating func modify(
        _ key: Entry.Key,
        orInsert entry: @autoclosure () -> Entry,
        _ change: (inout Entry) -> Void
    ) {
        let hash = key.tableHash
        let index = shard(hash)
        if shards[index].modify(key, hash: hash, change) { return }
        insert(new: entry())
        _ = shards[shard(hash)].modify(key, hash: hash, change)
    }

    /// Changes every entry in place. The keys must stay what they are.
    mutating func modifyAll(_ change: (inout Entry) -> Void) {
        for index in shards.indices { shards[index].modifyAll(change) }
    }

    /// In no order that means anything.
    func forEach(_ body: (Entry) -> Void) {
        for shard in shards { shard.forEach(body) }
    }

    /// Gives the spare room back that growing left behind.
    mutating func compact() {
        for index in shards.indices { shards[index].compact() }
    }

    private func shard(_ hash: UInt64) -> Int { Int(hash >> shift) }

    /// The upper bits number the shards, so each one's entries go into two neighbours.
    private mutating func split() {
        shift -= 1
        let bit = UInt64(1) << shift
        var halves: [TableShard<Entry>] = []
        halves.reserveCapacity(shards.count * 2)
        for index in shards.indices {
            let share = shards[index].count / 2
            var (low, high) = (TableShard<Entry>(expecting: share), TableShard<Entry>(expecting: share))
            shards[index]
                .forEach { entry in
                    let hash = entry.tableHash
                    if hash & bit == 0 { low.append(entry, hash: hash) } else { high.append(entry, hash: hash) }
                }
            shards[index] = TableShard()
            halves.append(low)
            halves.append(high)
        }
        shards = halves
    }
}
