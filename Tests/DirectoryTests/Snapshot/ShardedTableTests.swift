import Testing

@testable import Directory

@Suite("A table in shards")
struct ShardedTableTests {
    /// Keys whose hashes collide a lot: in their shard, in their slot, or altogether.
    private struct Entry: TableEntry, Equatable {
        struct Key: TableKey, Hashable {
            let number: Int
            var tableHash: UInt64 { UInt64(number % 97) &* 0x9E37_79B9_7F4A_7C15 &+ UInt64(number % 3) }
        }

        let number: Int
        let value: Int
        var tableKey: Key { Key(number: number) }
    }

    @Test("holds what a dictionary holds, whatever is done to it", arguments: [1, 2, 3, 4])
    func agreesWithDictionary(seed: UInt64) {
        var generator = SplitMix64(state: seed)
        var table = ShardedTable<Entry>()
        var dictionary: [Int: Int] = [:]
        var copies: [(ShardedTable<Entry>, [Int: Int])] = []
        for step in 0..<20_000 {
            let number = Int.random(in: 0..<3000, using: &generator)
            if Int.random(in: 0..<10, using: &generator) < 6 {
                let old = table.update(Entry(number: number, value: step))
                #expect(old?.value == dictionary.updateValue(step, forKey: number))
            } else {
                let old = table.remove(Entry.Key(number: number))
                #expect(old?.value == dictionary.removeValue(forKey: number))
            }
            if step % 4000 == 0 { copies.append((table, dictionary)) }
        }
        copies.append((table, dictionary))
        for (table, dictionary) in copies { expectSame(table, dictionary) }
        table.compact()
        expectSame(table, dictionary)
    }

    @Test("grows to many shards and finds everything")
    func growth() {
        var table = ShardedTable<KeyIDEntry>()
        let ids = (0..<20_000).map { _ in ResourceID.random(.key) }
        for (index, id) in ids.enumerated() { table.update(KeyIDEntry(id: id, digestBits: UInt64(index))) }
        #expect(table.count == ids.count)
        for (index, id) in ids.enumerated() {
            let entry = table[id]
            #expect(entry?.digestBits == UInt64(index))
        }
        #expect(table[ResourceID.random(.key)] == nil)
    }

    private func expectSame(_ table: ShardedTable<Entry>, _ dictionary: [Int: Int]) {
        #expect(table.count == dictionary.count)
        for number in 0..<3000 { #expect(table[Entry.Key(number: number)]?.value == dictionary[number]) }
        var found: [Int: Int] = [:]
        table.forEach { found[$0.number] = $0.value }
        #expect(found == dictionary)
    }
}

/// A generator with a seed, so that a failure can be repeated.
struct SplitMix64: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}
