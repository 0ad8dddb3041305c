import Directory
import Testing

@testable import Relay

@Suite
struct `The rate of messages` {
    static let start: Int64 = 5_000_000_000_000

    /// How many of `attempts` messages at one moment are within the rate.
    private func take(_ attempts: Int, from rate: MessageRate, perSecond: Int, at now: Int64) -> Int {
        (0..<attempts).filter { _ in rate.take(perSecond: perSecond, now: now) == nil }.count
    }

    @Test(arguments: [1, 3, 7, 50, 1000])
    func `lets a burst of twice the rate through and no more`(perSecond: Int) {
        #expect(take(perSecond * 3, from: MessageRate(), perSecond: perSecond, at: Self.start) == perSecond * 2)
    }

    @Test(arguments: [1, 3, 7, 50, 1000])
    func `says to the nanosecond when the next message is within it`(perSecond: Int) throws {
        let rate = MessageRate()
        _ = take(perSecond * 2, from: rate, perSecond: perSecond, at: Self.start)
        let wait = try #require(rate.take(perSecond: perSecond, now: Self.start))
        #expect(wait == 1_000_000_000 / Int64(perSecond))
        #expect(rate.take(perSecond: perSecond, now: Self.start + wait - 1) == 1)
        #expect(rate.take(perSecond: perSecond, now: Self.start + wait) == nil)
        #expect(rate.take(perSecond: perSecond, now: Self.start + wait) == wait)
    }

    @Test
    func `refills steadily up to the whole burst, whatever was refused meanwhile`() {
        let rate = MessageRate()
        #expect(take(500, from: rate, perSecond: 50, at: Self.start) == 100)
        #expect(take(500, from: rate, perSecond: 50, at: Self.start + 1_000_000_000) == 50)
        #expect(take(500, from: rate, perSecond: 50, at: Self.start + 3_000_000_000) == 100)
        #expect(take(500, from: rate, perSecond: 50, at: Self.start + 3_600_000_000_000) == 100)
    }

    @Test
    func `never refuses who keeps to it`() {
        let rate = MessageRate()
        let refused = (0..<1000).filter { rate.take(perSecond: 50, now: Self.start + $0 * 20_000_000) != nil }
        #expect(refused.isEmpty)
    }

    @Test
    func `holds when many threads send at once`() async {
        let rate = MessageRate()
        let taken = await withTaskGroup(of: Int.self) { group in
            for _ in 0..<16 {
                group.addTask {
                    (0..<500).filter { _ in rate.take(perSecond: 100, now: Self.start) == nil }.count
                }
            }
            return await group.reduce(0, +)
        }
        #expect(taken == 200)
    }

    @Test
    func `is forgotten only when that changes nothing`() {
        let rates = MessageRates()
        let (busy, quiet): (ResourceID, ResourceID) = ("mem_Busy", "mem_Quiet")
        let kept = rates.rate(of: busy)
        let forgotten = rates.rate(of: quiet)
        #expect(rates.rate(of: busy) === kept)
        #expect(rates.rate(of: quiet) !== kept)
        _ = kept.take(perSecond: 1, now: Self.start)
        _ = forgotten.take(perSecond: 1000, now: Self.start)
        rates.sweep(now: Self.start + 1_000_000)
        #expect(rates.rate(of: busy) === kept)
        #expect(rates.rate(of: quiet) !== forgotten)
        rates.sweep(now: Self.start + 1_000_000_000)
        #expect(rates.rate(of: busy) !== kept)
    }
}
