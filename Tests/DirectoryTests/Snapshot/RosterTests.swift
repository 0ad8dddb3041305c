import Testing

@testable import Directory

@Suite("The bots or members of a company by name")
struct RosterTests {
    private func members(_ count: Int, seed: UInt64) -> [SnapshotMember] {
        var generator = SplitMix64(state: seed)
        return (0..<count)
            .map { index in
                let name =
                    "\(["김", "이", "박", "Ann", "bob"].randomElement(using: &generator) ?? "")\(Int.random(in: 0..<300, using: &generator))"
                return SnapshotMember(id: "mem_\(index)", company: "example.com", name: name)
            }
    }

    private func sorted(_ members: [SnapshotMember]) -> [String] {
        members.sorted {
            ($0.name, $0.resourceID.upper, $0.resourceID.lower) < ($1.name, $1.resourceID.upper, $1.resourceID.lower)
        }
        .map(\.id)
    }

    @Test("stay in order while some come and some go", arguments: [1, 2, 3])
    func order(seed: UInt64) {
        var generator = SplitMix64(state: seed)
        let everyone = members(3000, seed: seed)
        var roster = Roster<SnapshotMember>()
        for member in everyone { roster.insert(member) }
        #expect(roster.entries.map(\.id) == sorted(everyone))
        let before = roster
        var present = everyone.shuffled(using: &generator)
        while present.count > 100 {
            roster.remove(present.removeLast())
        }
        #expect(roster.entries.map(\.id) == sorted(present))
        #expect(before.entries.map(\.id) == sorted(everyone))
        for member in present { roster.remove(member) }
        #expect(roster.isEmpty)
    }

    @Test("are the same whether they came one by one or all at once")
    func bulk() {
        let everyone = members(2000, seed: 7)
        var roster = Roster<SnapshotMember>()
        for member in everyone { roster.append(unsorted: member) }
        roster.sort()
        #expect(roster.entries.map(\.id) == sorted(everyone))
    }

    @Test("are found by name, all of one name", arguments: [1, 5])
    func byName(seed: UInt64) {
        let everyone = members(3000, seed: seed)
        var roster = Roster<SnapshotMember>()
        for member in everyone { roster.insert(member) }
        for name in Set(everyone.map(\.name)) {
            #expect(roster.entries(named: name).map(\.id) == sorted(everyone.filter { $0.name == name }))
        }
        #expect(roster.entries(named: "").isEmpty)
        #expect(roster.entries(named: "힣").isEmpty)
        #expect(Roster<SnapshotMember>().entries(named: "김").isEmpty)
    }

    @Test("come in pages that miss nobody", arguments: [1, 50, 511, 512, 513, 5000])
    func pages(limit: Int) {
        let everyone = members(2100, seed: 11)
        var roster = Roster<SnapshotMember>()
        for member in everyone { roster.insert(member) }
        var seen: [String] = []
        var last: SnapshotMember?
        while true {
            let page = roster.entries(after: last, limit: limit)
            #expect(page.count <= limit)
            seen += page.map(\.id)
            last = page.last
            if last == nil { break }
        }
        #expect(seen == sorted(everyone))
    }

    @Test("of an empty company are nobody")
    func empty() {
        var roster = Roster<SnapshotMember>()
        roster.sort()
        #expect(roster.entries(after: nil, limit: 5).isEmpty)
        let stranger = SnapshotMember(id: "mem_1", company: "example.com", name: "김")
        roster.remove(stranger)
        #expect(roster.entries(after: stranger, limit: 5).isEmpty)
    }
}
