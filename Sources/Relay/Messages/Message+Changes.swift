import API
import BSON
import Directory

// How a message becomes what it is. Whoever changes one tells MongoDB afterwards.
extension Message {
    /// A message of which nothing was read yet.
    init(id: MessageID, request: NewMessage, member: SnapshotMember, now: Instant) {
        self.init(
            id: id,
            company: member.company,
            member: Sender(id: member.resourceID, name: member.name),
            text: request.text,
            bot: nil,
            command: nil,
            tokens: [:],
            status: .running,
            reply: nil,
            progress: nil,
            problem: nil,
            createdAt: now,
            completedAt: nil,
            deadline: now.advanced(by: Self.patience)
        )
    }

    /// Notes which command it begins with.
    mutating func take(_ route: SnapshotRoute) {
        bot = Bot(id: route.bot.resourceID, name: route.bot.name)
        command = route.command.name.text
    }

    mutating func complete(_ reply: JSON.Object, at now: Instant) {
        status = .completed
        self.reply = reply
        progress = nil
        completedAt = now
    }

    mutating func fail(_ problem: Problem, at now: Instant) {
        status = .failed
        self.problem = problem
        progress = nil
        completedAt = now
    }
}
