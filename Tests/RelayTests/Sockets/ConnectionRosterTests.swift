import Directory
import Testing

@testable import Relay

@Suite
struct `The connections of a bot` {
    private let bot = Sample.bot()
    private let key = APIKey(
        id: "key_1",
        kind: .bot,
        company: "example.com",
        owner: "bot_Rooms",
        last4: "abcd",
        createdAt: Sample.created
    )

    private func connection(loop: Int = 0) -> BotConnection {
        BotConnection(bot: bot, key: key, loop: loop, link: BotLink(bot: bot), now: Sample.created)
    }

    @Test
    func `are chosen by how few messages they have in hand`() {
        var roster = ConnectionRoster()
        let (first, second) = (connection(), connection())
        roster.add(first)
        roster.add(second)
        first.beginMessage()
        #expect(roster.leastBusy(of: bot.resourceID, near: 0) === second)
        second.beginMessage()
        second.beginMessage()
        #expect(roster.leastBusy(of: bot.resourceID, near: 0) === first)
        second.endMessage()
        second.endMessage()
        #expect(roster.leastBusy(of: bot.resourceID, near: 0) === second)
    }

    @Test
    func `are chosen on the same event loop when equally busy`() {
        var roster = ConnectionRoster()
        let (here, there) = (connection(loop: 1), connection(loop: 0))
        roster.add(there)
        roster.add(here)
        #expect(roster.leastBusy(of: bot.resourceID, near: 1) === here)
        #expect(roster.leastBusy(of: bot.resourceID, near: 0) === there)
    }

    @Test
    func `are none once the last is gone`() {
        var roster = ConnectionRoster()
        let only = connection()
        roster.add(only)
        roster.remove(connection())
        #expect(roster.leastBusy(of: bot.resourceID, near: 0) === only)
        roster.remove(only)
        #expect(roster.leastBusy(of: bot.resourceID, near: 0) == nil)
    }

    @Test
    func `make its presence: online with the first, offline with the last, and why`() {
        let link = BotLink(bot: bot)
        let (first, second) = (connection(), connection())
        #expect(link.opened(first, at: Instant(milliseconds: 1)))
        #expect(link.opened(second, at: Instant(milliseconds: 2)))
        #expect(link.presence.online && link.presence.connections == 2)
        #expect(link.presence.since == Instant(milliseconds: 1))
        second.heard(at: Instant(milliseconds: 3))
        first.heard(at: Instant(milliseconds: 5))
        #expect(link.closed(second, .slow, at: Instant(milliseconds: 6)))
        #expect(link.presence.online && link.presence.reason == nil)
        #expect(link.closed(first, .timeout, at: Instant(milliseconds: 7)))
        #expect(!link.closed(first, .timeout, at: Instant(milliseconds: 8)))
        let presence = link.presence
        #expect(!presence.online && presence.connections == 0 && presence.reason == .timeout)
        #expect(presence.since == Instant(milliseconds: 7) && presence.lastSeen == Instant(milliseconds: 5))
    }
}
