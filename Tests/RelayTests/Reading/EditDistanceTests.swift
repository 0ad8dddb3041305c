import Testing

@testable import Relay

@Suite
struct `The edit distance` {
    @Test(
        arguments: [
            ("", "", 0), ("가", "", 1), ("예약회의실", "예약회의싱", 1), ("예약회의실", "예약회실", 1), ("예약회의실", "예약회의의실", 1),
            ("report", "reprot", 1), ("ab", "ba", 1), ("kitten", "sitting", 3), ("abc", "cab", 2), ("abcd", "badc", 2),
        ]
    )
    func `counts letters wrong, missing, too many and swapped`(left: String, right: String, expected: Int) {
        var distance = EditDistance<Character>()
        for limit in 0...5 {
            let found = distance.between(Array(left), Array(right), atMost: limit)
            #expect(found == (expected <= limit ? expected : nil))
            #expect(distance.between(Array(right), Array(left), atMost: limit) == found)
        }
    }

    @Test func `is that of the whole table, whatever was compared before`() {
        var generator = SeededGenerator(seed: 1)
        var distance = EditDistance<Int>()
        for _ in 0..<5000 {
            let words = (0..<2)
                .map { _ in
                    (0..<Int.random(in: 0...9, using: &generator)).map { _ in Int.random(in: 0...3, using: &generator) }
                }
            let limit = Int.random(in: 0...4, using: &generator)
            let expected = wholeTable(words[0], words[1])
            #expect(distance.between(words[0], words[1], atMost: limit) == (expected <= limit ? expected : nil))
        }
    }

    /// Optimal string alignment as the textbook has it.
    private func wholeTable(_ left: [Int], _ right: [Int]) -> Int {
        var table = Array(repeating: Array(repeating: 0, count: right.count + 1), count: left.count + 1)
        for row in 0...left.count { table[row][0] = row }
        for column in 0...right.count { table[0][column] = column }
        for row in 1..<(left.count + 1) {
            for column in 1..<(right.count + 1) {
                let cost = left[row - 1] == right[column - 1] ? 0 : 1
                var best = min(
                    table[row - 1][column] + 1,
                    table[row][column - 1] + 1,
                    table[row - 1][column - 1] + cost
                )
                if row > 1, column > 1, left[row - 1] == right[column - 2], left[row - 2] == right[column - 1] {
                    best = min(best, table[row - 2][column - 2] + 1)
                }
                table[row][column] = best
            }
        }
        return table[left.count][right.count]
    }
}
