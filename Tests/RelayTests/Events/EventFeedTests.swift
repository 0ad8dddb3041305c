import BSON
import NIOCore
import Testing

@testable import Relay

@Suite
struct `The feed of a member` {
    private let now = NIODeadline.uptimeNanoseconds(1_000_000_000_000)

    private func feed(_ numbers: ClosedRange<UInt64>, after latest: UInt64 = 10) -> EventFeed {
        var feed = EventFeed(after: latest)
        for number in numbers { feed.append(.bots([]), number: number, now: now) }
        return feed
    }

    @Test
    func `gives what came after an event`() {
        let feed = feed(11...15)
        #expect(feed.events(after: 12)?.map(\.number) == [13, 14, 15])
        #expect(feed.events(after: 15)?.isEmpty == true)
        #expect(feed.events(after: 10)?.count == 5)
    }

    @Test
    func `knows that it does not know what came before it`() {
        #expect(feed(11...15).events(after: 9) == nil)
    }

    @Test
    func `forgets the oldest beyond its bound`() {
        let count = UInt64(EventFeed.maximumCount)
        let feed = feed(11...(count + 12))
        #expect(feed.events(after: 11) == nil)
        #expect(feed.events(after: 12)?.count == EventFeed.maximumCount)
    }

    @Test
    func `forgets the oldest beyond its bytes`() {
        var feed = feed(11...11)
        let large = Sample.message(reply: ["text": .string(String(repeating: "a", count: EventFeed.maximumBytes / 2))])
        for number in UInt64(12)...13 { feed.append(.message(large), number: number, now: now) }
        #expect(feed.events(after: 12)?.map(\.number) == [13])
        #expect(feed.events(after: 11) == nil)
    }

    @Test
    func `forgets what is too old, also while nothing comes`() {
        var feed = feed(11...12)
        feed.append(.bots([]), number: 13, now: now + EventFeed.maximumAge)
        #expect(feed.events(after: 11) == nil)
        #expect(feed.events(after: 12)?.map(\.number) == [13])
        feed.removeExpired(now: now + EventFeed.maximumAge * 2)
        #expect(feed.events(after: 12) == nil)
        #expect(feed.events(after: 13)?.isEmpty == true)
    }
}

@Suite
struct `The id of an event` {
    @Test
    func `is read as it was written`() {
        let id = EventID(node: 0x0012_abcd, number: 42)
        #expect(id.description == "evt_0012abcd-42")
        #expect(EventID("evt_0012abcd-42") == id)
    }

    @Test(arguments: [
        "", "evt_", "evt_12abcd-42", "evt_0012abcd-", "evt_0012abcd", "evt_0012abcg-1", "evt_0012abcd-1-2", "42",
    ])
    func `is nothing else`(text: String) {
        #expect(EventID(text) == nil)
    }
}
