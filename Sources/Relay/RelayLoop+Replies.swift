import API
import BSON
import Directory
import NIOCore

// What the cold lane and the bots' sockets ask of the messages in hand.
extension RelayLoop {
    /// A message that runs here or ended a short while ago.
    func message(_ id: MessageID) -> Message? {
        running[id]?.message ?? ended[id]
    }

    /// All of them that a member sent.
    func messages(of member: ResourceID) -> [Message] {
        running.values.lazy.map(\.message).filter { $0.member.id == member }
            + ended.messages.values.filter { $0.member.id == member }
    }

    /// Tells the receiver when the message ends or the wait is over. False when it is not here.
    func wait(for id: MessageID, _ wait: Duration, _ receiver: any SendAnswerReceiver) -> Bool {
        if let entry = running[id] {
            let now = NIODeadline.now()
            entry.waiters.append(.init(receiver: receiver, until: now + TimeAmount(wait)))
            if wait == .zero { endWait(of: entry, now: now) }
            return true
        }
        guard let message = ended[id] else { return false }
        receiver.receive(.message(message))
        return true
    }

    /// Takes a bot's answer; fails with `not_found` when the message is not here or another bot's.
    func answer(_ id: MessageID, from bot: ResourceID, _ answer: Answer) -> Result<Void, Problem> {
        if let entry = running[id] {
            guard entry.message.bot?.id == bot else { return .failure(Problem(.notFound)) }
            entry.message.take(answer, at: .now)
            shared.note(entry.link.answered(at: .now), of: entry.link)
            end(entry)
            return .success(())
        }
        guard let message = ended[id], message.bot?.id == bot else { return .failure(Problem(.notFound)) }
        return .failure(message.refusalOfReply)
    }

    /// Takes what a bot says of a message that runs; nothing when it does not.
    func progress(_ id: MessageID, from bot: ResourceID, _ text: String) {
        guard let entry = running[id], entry.message.bot?.id == bot else { return }
        entry.message.progress = text
        shared.events.publish(.message(entry.message), to: entry.message.member.id)
    }
}

extension Message {
    /// Why a message that ended takes no reply.
    var refusalOfReply: Problem {
        Problem(status == .completed || problem?.code != .botTimeout ? .alreadyAnswered : .replyTooLate)
    }
}
