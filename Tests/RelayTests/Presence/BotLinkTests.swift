import BSON
import Directory
import Testing

@testable import Relay

@Suite
struct `How a bot stands` {
    private let early = Instant(milliseconds: 1_000)
    private let late = Instant(milliseconds: 2_000)
    private let webhook = Delivery.webhook(url: "https://bot.example.com/")

    private func text(_ link: BotLink) -> String {
        JSON.object(link.presence.body).text
    }

    @Test
    func `says why it is offline before anything happened`() {
        let body = #"{"online":false,"connections":0,"since":null,"last_seen":null,"reason":"#
        #expect(text(BotLink(bot: Sample.bot(.socket))) == body + #""never_connected"}"#)
        #expect(text(BotLink(bot: Sample.bot(webhook))) == body + #""not_called_yet"}"#)
    }

    @Test
    func `is online since it was first heard, and seen when it was last`() {
        let link = BotLink(bot: Sample.bot(webhook))
        #expect(link.answered(at: early))
        #expect(!link.answered(at: late))
        let presence = Presence(online: true, connections: 0, since: early, lastSeen: late, reason: nil)
        #expect(link.presence == presence)
        #expect(
            text(link)
                == #"{"online":true,"connections":0,"since":"1970-01-01T00:00:01.000Z","last_seen":"1970-01-01T00:00:02.000Z"}"#
        )
    }

    @Test
    func `is offline since it was first not reached, with the last reason`() {
        let link = BotLink(bot: Sample.bot(webhook))
        _ = link.answered(at: Instant(milliseconds: 500))
        #expect(link.failed(.unreachable, at: early))
        #expect(link.failed(.timeout, at: late))
        let seen = Instant(milliseconds: 500)
        let presence = Presence(online: false, connections: 0, since: early, lastSeen: seen, reason: .timeout)
        #expect(link.presence == presence)
        _ = link.answered(at: late)
        #expect(link.presence.since == late)
        #expect(link.presence.reason == nil)
    }

    @Test
    func `that was never online is offline since the first attempt`() {
        let link = BotLink(bot: Sample.bot(webhook))
        #expect(link.failed(.tls, at: early))
        #expect(!link.failed(.tls, at: late))
        #expect(link.presence.since == early)
        #expect(link.presence.lastSeen == nil)
    }

    @Test
    func `has a bound of running messages and of open calls`() {
        let link = BotLink(bot: Sample.bot(webhook))
        #expect((0...BotLink.maximumRunning).filter { _ in link.beginMessage() }.count == BotLink.maximumRunning)
        #expect((0...BotLink.maximumCalls).filter { _ in link.beginCall() }.count == BotLink.maximumCalls)
        link.endMessage()
        link.endCall()
        #expect(link.beginMessage() && !link.beginMessage())
        #expect(link.beginCall() && !link.beginCall())
    }

    @Test
    func `holds its bound when many threads begin at once`() async {
        let link = BotLink(bot: Sample.bot(webhook))
        let begun = await withTaskGroup(of: Int.self) { group in
            for _ in 0..<8 { group.addTask { (0..<100).filter { _ in link.beginCall() }.count } }
            return await group.reduce(0, +)
        }
        #expect(begun == BotLink.maximumCalls)
    }

    @Test
    func `is the same for everybody until the bot is deleted`() {
        let links = BotLinks()
        let bot = Sample.bot(webhook)
        let link = links.link(of: bot)
        #expect(links.link(of: Sample.bot(webhook)) === link)
        #expect(links.link(of: Sample.bot(webhook, id: "bot_Other")) !== link)
        links.forget([bot.resourceID])
        #expect(links.link(of: bot) !== link)
    }
}
