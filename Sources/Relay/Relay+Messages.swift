public import API
public import BSON
public import Directory
public import NIOCore

// Messages for the cold lane: every method hops to the event loop that has the message.
extension Relay {
    /// Takes a message on the event loop of the request's connection; returns when it is answered or its wait is over.
    ///
    /// - Parameter idempotencyKey: a repeat of the same request with the same key gets the first one's message.
    public func send(
        _ request: NewMessage,
        from member: SnapshotMember,
        idempotencyKey: String? = nil,
        on eventLoop: any EventLoop
    ) async -> SendAnswer {
        guard let idempotencyKey else { return await send(request, from: member, on: eventLoop, begun: { _ in }) }
        let entry = IdempotencyTable.Entry(member: member.resourceID, key: idempotencyKey)
        switch repeats.begin(entry, request) {
        case .first:
            let answer = await send(request, from: member, on: eventLoop) { self.repeats.note($0, for: entry) }
            if case .refused = answer { repeats.forget(entry) }
            return answer
        case .again(let id):
            return await wait(for: id, of: member, request.wait)
        case .inHand: return .refused(Problem(.idempotencyConflict))
        case .differs: return .refused(Problem(.idempotencyKeyReused))
        }
    }

    private func send(
        _ request: NewMessage,
        from member: SnapshotMember,
        on eventLoop: any EventLoop,
        begun: @escaping @Sendable (MessageID) -> Void
    ) async -> SendAnswer {
        await withCheckedContinuation { continuation in
            eventLoop.execute {
                let receiver = AsyncReceiver { continuation.resume(returning: $0) }
                if let id = self.loop(on: eventLoop).send(request, from: member, to: receiver) { begun(id) }
            }
        }
    }

    /// Waits for a message that was sent before.
    private func wait(for id: MessageID, of member: SnapshotMember, _ wait: Duration) async -> SendAnswer {
        let bound = loops[id.loop]
        let found: SendAnswer? = await withCheckedContinuation { continuation in
            bound.execute { loop in
                let receiver = AsyncReceiver { continuation.resume(returning: $0) }
                if !loop.wait(for: id, wait, receiver) { continuation.resume(returning: nil) }
            }
        }
        if let found { return found }
        do throws(Problem) {
            return .message(try await message(id, of: member.resourceID))
        } catch {
            return .refused(error)
        }
    }

    /// A message of a member, running or ended.
    public func message(_ id: MessageID, of member: ResourceID) async throws(Problem) -> Message {
        guard let message = try await find(id), message.member.id == member else { throw Problem(.notFound) }
        return message
    }

    /// In memory when this process took it, else in MongoDB.
    private func find(_ id: MessageID) async throws(Problem) -> Message? {
        if id.node == shared.node, loops.indices.contains(id.loop) {
            let held = try? await loops[id.loop].submit { $0.message(id) }.get()
            if let held = held ?? nil { return held }
        }
        return try await shared.history?.message(id)
    }

    /// Messages of a member, newest first unless the page goes forward; at most `limit`.
    ///
    /// - Parameter bot: only those with this bot.
    public func messages(
        of member: ResourceID,
        bot: ResourceID?,
        page: HistoryPage,
        limit: Int
    ) async throws(Problem) -> [Message] {
        var held: [Message] = []
        for bound in loops {
            let part =
                try? await bound.submit { loop in
                    loop.handOverToHistory()
                    return loop.messages(of: member)
                }
                .get()
            held += part ?? []
        }
        var found: [MessageID: Message] = [:]
        if let history = shared.history {
            try await history.flush()
            for message in try await history.messages(of: member, bot: bot, page: page, limit: limit) {
                found[message.id] = message
            }
        }
        for message in held where page.holds(message.id) && (bot == nil || message.bot?.id == bot) {
            found[message.id] = message
        }
        return page.ordered(found.values).prefix(limit).map(\.self)
    }

    /// Takes a bot's reply to a message that runs.
    public func reply(to id: MessageID, from bot: ResourceID, _ reply: JSON.Object) async throws(Problem) {
        if id.node == shared.node, loops.indices.contains(id.loop) {
            let taken = try? await loops[id.loop].submit { $0.answer(id, from: bot, .reply(reply)) }.get()
            switch taken {
            case .success: return
            case .failure(let problem): if problem.code != .notFound { throw problem }
            case nil: break
            }
        }
        try await shared.endLate(id, from: bot, with: .reply(reply))
    }
}

/// Hands an answer to a task that waits for it.
private final class AsyncReceiver: SendAnswerReceiver {
    private let resume: (SendAnswer) -> Void

    init(_ resume: @escaping (SendAnswer) -> Void) {
        self.resume = resume
    }

    func receive(_ answer: SendAnswer) {
        resume(answer)
    }
}
