package import API
import BSON
package import Directory
import Logging
import NIOCore
import NIOSSL

/// The relay's part on one event loop: a message that arrives here is read, routed, carried and answered here, without a
/// task; only to a socket of another loop it hops. Confined to the loop.
package final class RelayLoop {
    /// Its place among the loops of the relay; stands in the ids of its messages.
    let index: Int
    let eventLoop: any EventLoop
    let configuration: RelayConfiguration
    let shared: RelayShared
    let pool: WebhookPool
    private(set) lazy var prober = WebhookProber(pool: pool)
    var snapshots: SnapshotCache
    var ids: MessageIDSource

    var running: [MessageID: RunningMessage] = [:]
    var ended = EndedMessages()
    /// What MongoDB is to be told at the end of this turn of the sweep.
    var unrecorded: [Message] = []

    /// The letter boxes of all loops of the relay, this one's at its own ``index``.
    private(set) var siblings: [LoopMailbox] = []
    /// The sockets that this loop serves.
    let sockets = LoopSockets()
    /// The sockets of all loops.
    var roster = ConnectionRoster()
    /// Messages that wait for their bot to dial again, in the order in which they came.
    var parked: [ResourceID: CircularBuffer<MessageID>] = [:]
    /// The bots that are given what waits for them, a portion at a time.
    var unparking: Set<ResourceID> = []
    /// What bots were asked for people who type.
    var completions: PendingCompletions

    /// Set once the server stops.
    var drain: LoopDrain?
    var isDraining: Bool { drain != nil }

    private var endpoints: [String: WebhookEndpoint] = [:]
    private var signers: [ResourceID: (secrets: [WebhookSecret], signer: WebhookSigner)] = [:]
    private var rates: [ResourceID: MessageRate] = [:]

    /// Messages that one event loop carries at a time. With a kilobyte or two each it bounds memory, not throughput.
    static let maximumRunning = 50_000
    /// Entries of the tables that only save work; beyond it they start anew.
    private static let maximumRemembered = 20_000

    init(index: UInt8, eventLoop: any EventLoop, shared: RelayShared, tls: NIOSSLContext) {
        self.index = Int(index)
        self.eventLoop = eventLoop
        self.shared = shared
        configuration = shared.configuration
        pool = WebhookPool(eventLoop: eventLoop, policy: shared.configuration.webhookAddresses, tls: tls)
        snapshots = SnapshotCache(shared.publisher)
        ids = MessageIDSource(node: shared.node, loop: index)
        completions = PendingCompletions(loop: Int(index))
    }

    /// Tells it of all loops, itself among them. Once, before anything else.
    func join(_ siblings: [LoopMailbox]) {
        self.siblings = siblings
    }

    /// Where others leave what is for this loop.
    var mailbox: LoopMailbox { siblings[index] }

    /// Carries something out on a loop: at once when it is this one, else in its next batch.
    func hop(to loop: Int, _ letter: @escaping LoopMailbox.Letter) {
        if loop == index { letter(self) } else { siblings[loop].post(letter) }
    }

    /// The directory as of now.
    package func snapshot() -> Snapshot {
        snapshots.current()
    }

    /// Takes a message. The receiver is told at once when it is refused or fails, else when it is completed or its wait
    /// is over.
    ///
    /// - Returns: the message's id; nil when it was refused.
    @discardableResult
    package func send(
        _ request: NewMessage,
        from member: SnapshotMember,
        to receiver: any SendAnswerReceiver
    ) -> MessageID? {
        guard !isDraining else {
            receiver.receive(.refused(Problem(.shuttingDown)))
            return nil
        }
        if let refusal = checkRate(of: member.resourceID) {
            receiver.receive(.refused(refusal))
            return nil
        }
        let snapshot = snapshots.current()
        let now = Instant.now
        let id = ids.next(milliseconds: now.milliseconds)
        var message = Message(id: id, request: request, member: member, now: now)
        guard let company = snapshot.company(member.company) else {
            receiver.receive(.refused(Problem(.keyUnknown)))
            return nil
        }
        let reader = TextReader(
            directory: CompanyDirectory(snapshot: snapshot, company: company.domain),
            timeZone: company.timeZone,
            now: now
        )
        let text = TypedText(request.text)
        do throws(Problem) {
            if let help = HelpRequest(text) {
                message.complete(
                    ["text": .string(reader.help(for: help, bot: request.bot, typed: request.text))],
                    at: now
                )
            } else {
                let match = try reader.command(of: text, bot: request.bot)
                message.take(match.route)
                message.tokens = try reader.tokens(of: text, behind: match)
                try deliver(message, to: match.route.bot, wait: request.wait, receiver: receiver)
                return id
            }
        } catch {
            message.fail(error, at: now)
        }
        conclude(message)
        receiver.receive(.message(message))
        return id
    }

    /// Nil when the member may send one more now.
    private func checkRate(of member: ResourceID) -> Problem? {
        guard configuration.messagesPerSecond > 0 else { return nil }
        let rate: MessageRate
        if let known = rates[member] {
            rate = known
        } else {
            rate = shared.rates.rate(of: member)
            if rates.count >= Self.maximumRemembered { rates = [:] }
            rates[member] = rate
        }
        let now = Int64(truncatingIfNeeded: NIODeadline.now().uptimeNanoseconds)
        guard let nanoseconds = rate.take(perSecond: configuration.messagesPerSecond, now: now) else { return nil }
        return Problem(.rateLimited, retryAfterSeconds: Int(nanoseconds / 1_000_000_000) + 1)
    }

    /// Forgets the rates of members who have not sent lately, before the shared table does.
    func forgetRates() {
        rates = [:]
    }

    private func deliver(
        _ message: Message,
        to bot: SnapshotBot,
        wait: Duration,
        receiver: any SendAnswerReceiver
    ) throws(Problem) {
        let link = shared.links.link(of: bot)
        let way = try way(to: bot)
        guard running.count < Self.maximumRunning, link.beginMessage() else { throw Problem(.botBusy, bot: bot) }
        if case .webhook = way, !link.beginCall() {
            link.endMessage()
            throw Problem(.botBusy, bot: bot)
        }
        let now = NIODeadline.now()
        let entry = RunningMessage(message, link: link, deadline: now + TimeAmount(Message.patience))
        entry.waiters.append(.init(receiver: receiver, until: now + TimeAmount(wait)))
        running[message.id] = entry
        shared.events.publish(.message(message), to: message.member.id)
        switch way {
        case .socket(let connection): hand(entry, over: connection)
        case .webhook(let endpoint): call(endpoint, of: bot, entry, now: now)
        }
        if wait == .zero { endWait(of: entry, now: now) }
    }

    /// How a message gets to its bot.
    private enum Way {
        case socket(BotConnection)
        case webhook(WebhookEndpoint)
    }

    private func way(to bot: SnapshotBot) throws(Problem) -> Way {
        switch bot.delivery {
        case .socket:
            guard let connection = roster.leastBusy(of: bot.resourceID, near: index) else {
                let reason = shared.links.link(of: bot).presence.reason
                throw Problem(.botOffline, bot: bot, members: ["reason": .string((reason ?? .disconnected).rawValue)])
            }
            return .socket(connection)
        case .webhook(let url):
            guard let endpoint = endpoint(url) else { throw Problem(.botOffline, bot: bot) }
            return .webhook(endpoint)
        }
    }

    private func call(_ endpoint: WebhookEndpoint, of bot: SnapshotBot, _ entry: RunningMessage, now: NIODeadline) {
        let call = WebhookCall(
            entry.message,
            to: endpoint,
            signer: signer(of: bot),
            deadline: now + WebhookCall.patience,
            receiver: self
        )
        entry.call = call
        pool.start(call)
    }

    private func endpoint(_ url: String) -> WebhookEndpoint? {
        if let known = endpoints[url] { return known }
        let endpoint = WebhookEndpoint(url: url)
        if endpoints.count >= Self.maximumRemembered { endpoints = [:] }
        endpoints[url] = endpoint
        return endpoint
    }

    private func signer(of bot: SnapshotBot) -> WebhookSigner {
        if let known = signers[bot.resourceID], known.secrets == bot.webhookSecrets { return known.signer }
        let signer = WebhookSigner(secrets: bot.webhookSecrets)
        if signers.count >= Self.maximumRemembered { signers = [:] }
        signers[bot.resourceID] = (bot.webhookSecrets, signer)
        return signer
    }
}

@available(*, unavailable)
extension RelayLoop: Sendable {}

extension Problem {
    /// A problem with a bot, which its sentence names.
    init(_ code: Code, bot: SnapshotBot, members: JSON.Object = [:]) {
        self.init(code, ["bot": bot.name], members: members)
    }
}
