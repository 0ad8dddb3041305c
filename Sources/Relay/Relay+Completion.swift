import API
import BSON
public import Directory
public import NIOCore

// What can follow a text typed so far: for the cold lane.
extension Relay {
    /// Reads a text up to its cursor and says what fits there; asks the bot when it can be asked.
    ///
    /// - Parameters:
    ///   - text: up to the cursor.
    ///   - bot: the id or name of the only bot that counts.
    ///   - eventLoop: one of the relay's.
    public func complete(
        _ text: String,
        bot: String?,
        for member: SnapshotMember,
        on eventLoop: any EventLoop
    ) async -> Completion {
        let snapshot = shared.publisher.snapshot
        let company = snapshot.company(member.company)
        let directory = CompanyDirectory(snapshot: snapshot, company: member.company)
        let reader = CompletionReader(
            text,
            TextReader(directory: directory, timeZone: company?.timeZone ?? "UTC", now: .now)
        )
        let commands = Array(reader.routes(bot: bot).prefix(Self.maximumCommands))
        guard let place = reader.place(bot: bot) else {
            return Completion(text: text, commands: commands, place: nil, values: [])
        }
        let available = place.token.type == .member ? nil : await available(at: place, on: eventLoop)
        let colleagues = place.token.type == .member ? snapshot.members(company: member.company) : []
        return Completion(
            text: text,
            commands: commands,
            place: place,
            values: place.values(available: available, colleagues: colleagues)
        )
    }

    /// More than anybody reads through.
    private static let maximumCommands = 100

    /// What can be taken now: the bot's answer, else what it last said, else what it declared; nil when it never said.
    private func available(at place: CompletionReader.Place, on eventLoop: any EventLoop) async -> [String]? {
        let (bot, command, token) = (place.route.bot, place.route.command.name.text, place.token)
        if bot.delivery == .socket {
            let answer: [String]? = await withCheckedContinuation { continuation in
                eventLoop.execute {
                    self.loop(on: eventLoop)
                        .ask(bot, command, place.values, token.key) { continuation.resume(returning: $0) }
                }
            }
            if let answer { return answer }
        }
        let offer = shared.links.link(of: bot).offers.first { $0.command == command && $0.token == token.key }
        return offer?.values ?? token.available
    }
}

extension RelayLoop {
    /// Asks a bot which values of a token fit now. The answer is nil when it has none in time, or none at all.
    fileprivate func ask(
        _ bot: SnapshotBot,
        _ command: String,
        _ tokens: JSON.Object,
        _ token: String,
        _ answer: @escaping @Sendable ([String]?) -> Void
    ) {
        guard let connection = roster.leastBusy(of: bot.resourceID, near: index), connection.answersQuestions(at: .now)
        else {
            return answer(nil)
        }
        hop(to: connection.loop) { loop in
            guard let socket = loop.sockets[connection],
                let id = loop.completions.begin(over: connection, answer)
            else { return answer(nil) }
            socket.send(RelayFrame.complete(id: id, command: command, tokens: tokens, token: token))
            loop.eventLoop.assumeIsolated()
                .scheduleTask(in: PendingCompletions.patience) { loop.completions.expire(id) }
        }
    }
}
