import Directory
import NIOCore

/// The bots' sockets of one event loop, and what is done for all of them at once. Confined to the loop.
///
/// A class: what it asks of a socket may end that socket, which then takes itself out.
final class LoopSockets {
    private var sockets: [ObjectIdentifier: BotSocket] = [:]
    /// In the order of their next beat: all have the same interval.
    private var beats = CircularBuffer<(socket: BotSocket, due: NIODeadline)>()
    /// Closing, and waiting for the bot to say so too.
    private var leaving: [BotSocket] = []
    /// With frames that were written in this turn of the event loop.
    private var unflushed: [BotSocket] = []

    var count: Int { sockets.count }
    var isEmpty: Bool { sockets.isEmpty }
    var all: some Sequence<BotSocket> { sockets.values }

    subscript(connection: BotConnection) -> BotSocket? { sockets[connection.id] }

    func add(_ socket: BotSocket, now: NIODeadline) {
        sockets[socket.connection.id] = socket
        beats.append((socket, now + Heartbeat.beat))
    }

    /// False when it was removed before.
    func remove(_ socket: BotSocket) -> Bool {
        guard sockets.removeValue(forKey: socket.connection.id) != nil else { return false }
        leaving.append(socket)
        return true
    }

    func sweep(now: NIODeadline) {
        if !leaving.isEmpty {
            let sockets = leaving
            leaving = []
            leaving += sockets.filter { !$0.endIfOverdue(now: now) }
        }
        while let first = beats.first, first.due <= now {
            beats.removeFirst()
            if first.socket.beat(now: now) { beats.append((first.socket, now + Heartbeat.beat)) }
        }
    }

    /// True when it is the first of this turn.
    func noteUnflushed(_ socket: BotSocket) -> Bool {
        unflushed.append(socket)
        return unflushed.count == 1
    }

    func flush() {
        let sockets = unflushed
        unflushed = []
        for socket in sockets { socket.flush() }
    }
}

@available(*, unavailable)
extension LoopSockets: Sendable {}
