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
        case .commands(let fields): declare(fields, from: socket)
        case .available(let fields): take(available: fields, from: socket)
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

    /// An answer to a message that no loop has in hand any more: MongoDB may know it, from before a restart.
    private func takeLate(_ answer: Answer, to id: MessageID, from socket: BotSocket) {
        guard let history = shared.history else {
            return socket.send(RelayFrame.problem(Problem(.notFound), id: id.description))
        }
        socket.unsettle()
        let (home, connection, events) = (mailbox, socket.connection, shared.events)
        Task {
            let frame: [UInt8]
            do throws(Problem) {
                let message = try await history.end(id, from: connection.bot, with: answer)
                events.publish(.message(message), to: message.member.id)
                frame = RelayFrame.accepted(id.description)
            } catch {
                frame = RelayFrame.problem(error, id: id.description)
            }
            home.post { loop in
                loop.sockets[connection]?.settled()
                loop.sockets[connection]?.send(frame)
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
        socket.unsettle()
        let (home, declare) = (mailbox, shared.declare)
        Task {
            let frame: [UInt8]
            do throws(Problem) {
                try await declare(connection.bot, commands)
                frame = RelayFrame.declared
            } catch {
                frame = RelayFrame.problem(error)
            }
            home.post { loop in
                loop.sockets[connection]?.settled()
                loop.sockets[connection]?.send(frame)
            }
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
