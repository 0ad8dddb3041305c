import API
import BSON
import Directory
import NIOCore

// What bots say over their sockets.
extension RelayLoop {
    func take(_ frame: BotFrame, from socket: BotSocket) {
        switch frame {
        case .answer(let id, let answer): take(answer, to: id, from: socket)
        case .progress(let id, let text): take(progress: text, of: id, from: socket)
        case .commands, .available:
            // The last one counts, and values are those of the commands before them: one at a time, in their order.
            guard socket.isDeclaring else { return takeDeclaration(frame, from: socket) }
            if !socket.keep(frame) { socket.send(RelayFrame.problem(Problem(.rateLimited, retryAfterSeconds: 1))) }
        case .values(let id, let values): completions.end(id, with: values, from: socket.connection)
        }
    }
}

// Answers: they end a message, on the loop that has it.
extension RelayLoop {
    private func take(_ answer: Answer, to text: String, from socket: BotSocket) {
        let connection = socket.connection
        let checked: Answer
        do throws(Problem) {
            switch answer {
            case .reply(let fields): checked = .reply(try JSON.Object(replyBody: fields))
            case .error: checked = answer
            }
        } catch {
            return socket.send(RelayFrame.problem(error, id: text))
        }
        guard let id = MessageID(text) else { return socket.send(RelayFrame.problem(Problem(.notFound), id: text)) }
        guard id.node == shared.node, siblings.indices.contains(id.loop) else {
            return takeLate(checked, to: id, from: socket)
        }
        socket.unsettle()
        let home = index
        hop(to: id.loop) { loop in
            let result = loop.answer(id, from: connection.bot, checked)
            loop.hop(to: home) { $0.settle(checked, to: id, result, connection) }
        }
    }

    /// Tells the bot what became of its answer.
    private func settle(
        _ answer: Answer,
        to id: MessageID,
        _ result: Result<Void, Problem>,
        _ connection: BotConnection
    ) {
        guard let socket = sockets[connection] else { return }
        socket.settled()
        switch result {
        case .success: socket.send(RelayFrame.accepted(id.description))
        case .failure(let problem) where problem.code == .notFound: takeLate(answer, to: id, from: socket)
        case .failure(let problem): socket.send(RelayFrame.problem(problem, id: id.description))
        }
    }

    /// An answer to a message that no loop has in hand any more.
    private func takeLate(_ answer: Answer, to id: MessageID, from socket: BotSocket) {
        let (shared, bot) = (shared, socket.connection.bot)
        reply(to: socket) { () async throws(Problem) in
            try await shared.endLate(id, from: bot, with: answer)
            return RelayFrame.accepted(id.description)
        } problem: {
            RelayFrame.problem($0, id: id.description)
        }
    }

    /// Lets MongoDB be asked, off the loop, and tells the bot what came of it.
    private func reply(
        to socket: BotSocket,
        with frame: @escaping @Sendable () async throws(Problem) -> [UInt8],
        problem: @escaping @Sendable (Problem) -> [UInt8],
        then end: @escaping @Sendable (RelayLoop) -> Void = { _ in }
    ) {
        socket.unsettle()
        let (home, connection) = (mailbox, socket.connection)
        Task {
            let answer: [UInt8]
            do throws(Problem) {
                answer = try await frame()
            } catch {
                answer = problem(error)
            }
            home.post { loop in
                loop.sockets[connection]?.settled()
                loop.sockets[connection]?.send(answer)
                end(loop)
            }
        }
    }

    private func take(progress text: String, of id: String, from socket: BotSocket) {
        let connection = socket.connection
        guard let id = MessageID(id), id.node == shared.node, siblings.indices.contains(id.loop) else { return }
        socket.unsettle()
        let home = index
        hop(to: id.loop) { loop in
            loop.progress(id, from: connection.bot, text)
            loop.hop(to: home) { $0.sockets[connection]?.settled() }
        }
    }
}

// What a bot says of itself.
extension RelayLoop {
    private func takeDeclaration(_ frame: BotFrame, from socket: BotSocket) {
        switch frame {
        case .commands(let fields): declare(fields, from: socket)
        case .available(let fields): take(available: fields, from: socket)
        case .answer, .progress, .values: break
        }
    }

    /// Takes the commands that a bot declares. What stands already costs nothing, so that a thousand bots that dial again
    /// do not write a thousand times, and goes through while MongoDB is away.
    private func declare(_ fields: JSON.Object, from socket: BotSocket) {
        let connection = socket.connection
        let commands: [Command]
        do throws(Problem) {
            commands = try Command.declaration(body: fields)
        } catch {
            return socket.send(RelayFrame.problem(error))
        }
        if snapshots.current().bot(connection.bot)?.commands == commands {
            return socket.send(RelayFrame.declared)
        }
        socket.isDeclaring = true
        let declare = shared.declare
        reply(to: socket) { () async throws(Problem) in
            try await declare(connection.bot, commands)
            return RelayFrame.declared
        } problem: {
            RelayFrame.problem($0)
        } then: {
            $0.sockets[connection]?.endDeclaring()
        }
    }

    private func take(available fields: JSON.Object, from socket: BotSocket) {
        let link = socket.connection.link
        do throws(Problem) {
            let offer = try AvailableValues(fields, of: snapshots.current().bot(socket.connection.bot))
            link.offer(offer)
            shared.events.publish(.available(bot: link.bot, offer), to: link.company)
        } catch {
            socket.send(RelayFrame.problem(error))
        }
    }
}
