package import API
import BSON
package import Directory
import Logging
import NIOCore
import NIOSSL

/// The relay's part on one event loop: a message that arrives here is read, routed, carried and answered here, without a
/// lock, a task or a hop. Confined to the loop.
package final class RelayLoop {
    let eventLoop: any EventLoop
    let configuration: RelayConfiguration
    let shared: RelayShared
    let pool: WebhookPool
    var snapshots: SnapshotCache
    var ids: MessageIDSource

    var running: [MessageID: RunningMessage] = [:]
    var ended = EndedMessages()
    /// What MongoDB is to be told at the end of this turn of the sweep.
    var unrecorded: [Message] = []
    var isDraining = false
    private var drained: [EventLoopPromise<Void>] = []

    private var endpoints: [String: WebhookEndpoint] = [:]
    private var signers: [ResourceID: (secrets: [WebhookSecret], signer: WebhookSigner)] = [:]
    private var rates: [ResourceID: MessageRate] = [:]

    /// Messages that one event loop carries at a time. With a kilobyte or two each it bounds memory, not throughput.
    static let maximumRunning = 50_000
    /// Entries of the tables that only save work; beyond it they start anew.
    private static let maximumRemembered = 20_000

    init(index: UInt8, eventLoop: any EventLoop, shared: RelayShared, tls: NIOSSLContext) {
        self.eventLoop = eventLoop
        self.shared = shared
        configuration = shared.configuration
        pool = WebhookPool(eventLoop: eventLoop, policy: shared.configuration.webhookAddresses, tls: tls)
        snapshots = SnapshotCache(shared.publisher)
        ids = MessageIDSource(node: shared.node, loop: index)
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
        guard case .webhook(let url) = bot.delivery else { throw Problem(.botOffline, bot: bot) }
        guard let endpoint = endpoint(url) else { throw Problem(.botOffline, bot: bot) }
        let link = shared.links.link(of: bot)
        guard running.count < Self.maximumRunning, link.beginMessage() else { throw Problem(.botBusy, bot: bot) }
        guard link.beginCall() else {
            link.endMessage()
            throw Problem(.botBusy, bot: bot)
        }
        let now = NIODeadline.now()
        let entry = RunningMessage(message, link: link, deadline: now + TimeAmount(Message.patience))
        entry.waiters.append(.init(receiver: receiver, until: now + TimeAmount(wait)))
        running[message.id] = entry
        let call = WebhookCall(
            message,
            to: endpoint,
            signer: signer(of: bot),
            deadline: now + WebhookCall.patience,
            receiver: self
        )
        entry.call = call
        pool.start(call)
        if wait == .zero { endWait(of: entry, now: now) }
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

extension RelayLoop {
    /// Takes no more messages. The future is fulfilled when nobody waits and no call is open any more, at the latest after
    /// `patience`: whoever waits then learns that the message runs.
    func drain(for patience: TimeAmount) -> EventLoopFuture<Void> {
        isDraining = true
        let promise = eventLoop.makePromise(of: Void.self)
        drained.append(promise)
        eventLoop.assumeIsolated().scheduleTask(in: patience) { self.endDrain() }
        noteDrained()
        return promise.futureResult
    }

    func noteDrained() {
        guard isDraining, !drained.isEmpty else { return }
        guard running.values.allSatisfy({ $0.call == nil && $0.waiters.isEmpty }) else { return }
        endDrain()
    }

    private func endDrain() {
        let promises = drained
        drained = []
        for entry in running.values { endWait(of: entry, now: .distantFuture) }
        handOverToHistory()
        pool.close()
        for promise in promises { promise.succeed() }
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
