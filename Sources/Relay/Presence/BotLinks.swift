import Directory
import Synchronization

/// The links of all bots that this process had to do with.
final class BotLinks: Sendable {
    private let links = Mutex<[ResourceID: BotLink]>([:])

    func link(of bot: SnapshotBot) -> BotLink {
        links.withLock { links in
            // What was known of the old delivery says nothing of the new one; who still asks about the old one is late.
            if let link = links[bot.resourceID], link.delivery == bot.delivery || bot.revision < link.revision {
                return link
            }
            let link = BotLink(bot: bot)
            links[bot.resourceID] = link
            return link
        }
    }

    /// Whether this is still how its bot stands, or stood when it was deleted.
    func isCurrent(_ link: BotLink) -> Bool {
        links.withLock { $0[link.bot].map { $0 === link } ?? true }
    }

    /// Forgets bots that were deleted.
    func forget(_ bots: some Sequence<ResourceID>) {
        links.withLock { links in
            for bot in bots { links[bot] = nil }
        }
    }
}
