import Testing

@testable import Relay

@Suite
struct `A page of the history` {
    @Test(arguments: [
        (HistoryPage.latest, [1, 2, 3, 4, 5]), (.before(Sample.id(3)), [1, 2]), (.after(Sample.id(3)), [4, 5]),
        (.before(Sample.id(1)), []), (.after(Sample.id(5)), []),
    ])
    func `holds what lies on its side of the bound, without the bound`(page: HistoryPage, numbers: [UInt64]) {
        #expect((1...5).filter { page.holds(Sample.id($0)) } == numbers)
    }

    @Test(arguments: [
        (HistoryPage.latest, [3, 2, 1]), (.before(Sample.id(9)), [3, 2, 1]), (.after(Sample.id(0)), [1, 2, 3]),
    ])
    func `goes away from the bound`(page: HistoryPage, numbers: [UInt64]) {
        let messages = [2, 3, 1].map { Sample.message(Sample.id($0)) }
        #expect(page.ordered(messages).map(\.id) == numbers.map { Sample.id($0) })
    }
}
