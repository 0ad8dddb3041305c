public import Directory
import NIOCore

// Webhooks that are not being called: looked at when somebody wants to know.
extension Relay {
    /// Looks whether webhooks can be reached, those of which that is not known from lately. Returns when all were looked
    /// at, or when those who wait have waited long enough; what is found later is there for the next who asks.
    public func look(at bots: [SnapshotBot]) async {
        let links = unseen(bots)
        guard !links.isEmpty else { return }
        let looked = try? await loops[0].submit { $0.look(at: links) }.get()
        try? await looked?.get()
    }

    /// Looks at the webhooks whose members are looking.
    func lookAtWatchedBots() {
        let snapshot = shared.publisher.snapshot
        for company in shared.events.companies {
            let links = unseen(snapshot.bots(company: company))
            loops[0].execute { _ = $0.look(at: links) }
        }
    }

    /// The links of webhooks that nobody looked at lately, who now count as looked at.
    private func unseen(_ bots: [SnapshotBot]) -> [BotLink] {
        bots.compactMap { bot in
            guard case .webhook = bot.delivery else { return nil }
            let link = shared.links.link(of: bot)
            return link.beginProbe(unlookedFor: WebhookProber.freshness, now: .now) ? link : nil
        }
    }
}

extension RelayLoop {
    /// How long somebody waits who wants to know.
    private static let lookPatience: TimeAmount = .milliseconds(250)

    /// Fulfilled when all were looked at, at the latest after ``lookPatience``.
    fileprivate func look(at links: [BotLink]) -> EventLoopFuture<Void> {
        guard !links.isEmpty else { return eventLoop.makeSucceededVoidFuture() }
        let promise = eventLoop.makePromise(of: Void.self)
        var rest = links.count
        var isOver = false
        func end() {
            guard !isOver else { return }
            isOver = true
            promise.succeed()
        }
        eventLoop.assumeIsolated().scheduleTask(in: Self.lookPatience) { end() }
        for link in links {
            prober.probe(link) { [shared] absence in
                shared.note(link.probed(absence, at: .now), of: link)
                rest -= 1
                if rest == 0 { end() }
            }
        }
        return promise.futureResult
    }
}
