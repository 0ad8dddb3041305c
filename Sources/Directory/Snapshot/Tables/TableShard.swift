/// One shard of a ``ShardedTable``: its entries side by side, and a table of their positions with linear probing.
struct TableShard<Entry: TableEntry>: Sendable {
    private var entries: ContiguousArray<Entry> = []
    /// As many as a power of two, at most three quarters of them taken: 0 is free, else the position of an entry plus
    /// one.
    private var slots: ContiguousArray<UInt16>

    init(expecting expected: Int = 0) {
        var slotCount = 4
        while !Self.fits(expected, slotCount) { slotCount *= 2 }
        slots = ContiguousArray(repeating: 0, count: slotCount)
        entries.reserveCapacity(expected)
    }

    var count: Int { entries.count }

    private static func fits(_ count: Int, _ slotCount: Int) -> Bool { count * 4 <= slotCount * 3 }

    func entry(hash: UInt64, where matches: (Entry) -> Bool) -> Entry? {
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot] != 0 {
            let position = Int(slots[slot]) - 1
            if matches(entries[position]) { return entries[position] }
            slot = (slot + 1) & mask
        }
        return nil
    }

    mutating func update(_ entry: Entry, hash: UInt64) -> Entry? {
        guard let slot = slot(of: entry.tableKey, hash: hash) else {
            append(entry, hash: hash)
            return nil
        }
        let position = Int(slots[slot]) - 1
        let replaced = entries[position]
        entries[position] = entry
        return replaced
    }

    /// Adds an entry whose key is not there.
    mutating func append(_ entry: Entry, hash: UInt64) {
        precondition(entries.count < UInt16.max, "the keys of a table are not spread over its shards")
        entries.append(entry)
        if !Self.fits(entries.count, slots.count) {
            slots = ContiguousArray(repeating: 0, count: slots.count * 2)
            for position in entries.indices { occupy(position, hash: entries[position].tableHash) }
        } else {
            occupy(entries.count - 1, hash: hash)
        }
    }

    mutating func remove(_ key: Entry.Key, hash: UInt64) -> Entry? {
        guard let slot = slot(of: key, hash: hash) else { return nil }
        let position = Int(slots[slot]) - 1
        free(slot)
        let last = entries.count - 1
        if position != last, let moved = self.slot(of: entries[last].tableKey, hash: entries[last].tableHash) {
            slots[moved] = UInt16(position + 1)
            entries.swapAt(position, last)
        }
        return entries.removeLast()
    }

    /// False when there is no such entry.
    mutating func modify(_ key: Entry.Key, hash: UInt64, _ change: (inout Entry) -> Void) -> Bool {
        guard let slot = slot(of: key, hash: hash) else { return false }
        change(&entries[Int(slots[slot]) - 1])
        return true
    }

    mutating func modifyAll(_ change: (inout Entry) -> Void) {
        for position in entries.indices { change(&entries[position]) }
    }

    func forEach(_ body: (Entry) -> Void) {
        for entry in entries { body(entry) }
    }

    mutating func compact() {
        entries = entries.withUnsafeBufferPointer { ContiguousArray($0) }
    }

    private func slot(of key: Entry.Key, hash: UInt64) -> Int? {
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot] != 0 {
            if entries[Int(slots[slot]) - 1].hasKey(key) { return slot }
            slot = (slot + 1) & mask
        }
        return nil
    }

    private mutating func occupy(_ position: Int, hash: UInt64) {
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot] != 0 { slot = (slot + 1) & mask }
        slots[slot] = UInt16(position + 1)
    }

    /// Frees a slot and moves up what stands behind it because of it, so that no search ends too early.
    private mutating func free(_ slot: Int) {
        let mask = slots.count - 1
        var hole = slot
        var next = (slot + 1) & mask
        while slots[next] != 0 {
            let home = Int(truncatingIfNeeded: entries[Int(slots[next]) - 1].tableHash) & mask
            if (next - home) & mask >= (next - hole) & mask {
                slots[hole] = slots[next]
                hole = next
            }
            next = (next + 1) & mask
        }
        slots[hole] = 0
    }
}
