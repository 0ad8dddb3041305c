package import API
import BSON
package import Directory
import NIOCore

// Bots that dial out: their sockets open and close on one event loop, and every loop knows of them.
extension RelayLoop {
    /// Sockets that one event loop serves at a time; an idle one takes about five kilobytes.
    static let maximumSockets = 100_000

    /// Why a bot's socket is not opened now; nil when it may be.
    package func refusalOfSocket(for bot: SnapshotBot) -> Problem? {
        // One that lost its connection is to answer what it has in hand, also while the server stops.
        if isDraining, !shared.links.link(of: bot).hasParked { return Problem(.shuttingDown, retryAfterSeconds: 1) }
        guard bot.delivery == .socket else { return Problem(.notASocket, bot: bot) }
        guard sockets.count < Self.maximumSockets else { return Problem(.botBusy, bot: bot) }
        return nil
    }

    /// A handler for a connection whose handshake is answered. It serves the bot from when it is in the pipeline.
    package func makeSocket(for bot: SnapshotBot, key: APIKey) -> BotSocket {
        let link = shared.links.link(of: bot)
        let connection = BotConnection(bot: bot, key: key, loop: index, link: link, now: .now)
        return BotSocket(connection: connection, expiresAt: key.expiresAt, loop: self)
    }

    /// Every loop is told before the bot is greeted: whoever sees it online can send it messages.
    func opened(_ socket: BotSocket) {
        sockets.add(socket, now: .now())
        shared.socketCounts.opened()
        let connection = socket.connection
        announce(connection, to: siblings.indices.makeIterator())
    }

    private func announce(_ connection: BotConnection, to loops: Range<Int>.Iterator) {
        // It may have closed meanwhile: then those who were told know that too.
        guard sockets[connection] != nil else { return }
        var rest = loops
        guard let next = rest.next() else { return greet(connection) }
        let home = index
        let others = rest
        hop(to: next) { loop in
            loop.connectionOpened(connection)
            loop.hop(to: home) { $0.announce(connection, to: others) }
        }
    }

    private func greet(_ connection: BotConnection) {
        guard let socket = sockets[connection] else { return }
        shared.note(connection.link.opened(connection, at: .now), of: connection.link)
        socket.greet(node: shared.nodeName)
    }

    /// The socket is closing, or gone: nothing is sent over it any more.
    func closed(_ socket: BotSocket, _ absence: Presence.Reason) {
        guard sockets.remove(socket) else { return }
        shared.socketCounts.closed(absence)
        let connection = socket.connection
        shared.note(connection.link.closed(connection, absence, at: .now), of: connection.link)
        for loop in siblings.indices { hop(to: loop) { $0.connectionClosed(connection) } }
    }

    /// A frame was written to it: it leaves when everything that is ready at this moment was looked at.
    func flushSoon(_ socket: BotSocket) {
        guard sockets.noteUnflushed(socket) else { return }
        eventLoop.assumeIsolated().execute { self.sockets.flush() }
    }

    /// Sends a frame over a bot's socket, wherever it is.
    func send(_ frame: [UInt8], over connection: BotConnection) {
        hop(to: connection.loop) { $0.sockets[connection]?.send(frame) }
    }

    /// Closes the sockets of keys that were revoked and of bots that were deleted or are reached otherwise now.
    func closeSockets(_ changes: SnapshotChanges) {
        guard !sockets.isEmpty else { return }
        for bot in changes.deletedBots { closeSockets(of: bot, .botDeleted) }
        let snapshot = snapshots.current()
        for bot in changes.changedBots where snapshot.bot(bot)?.delivery != .socket {
            closeSockets(of: bot, .serverError)
        }
        guard !changes.revokedKeys.isEmpty || !changes.deletedCompanies.isEmpty else { return }
        let (keys, companies) = (Set(changes.revokedKeys), Set(changes.deletedCompanies))
        for socket in Array(sockets.all) {
            if companies.contains(socket.connection.company) {
                socket.close(.botDeleted)
            } else if keys.contains(socket.connection.key) {
                socket.close(.keyRevoked)
            }
        }
    }

    private func closeSockets(of bot: ResourceID, _ end: SocketEnd) {
        for connection in roster[bot] { sockets[connection]?.close(end) }
    }
}

// Messages over sockets: every loop keeps those that arrived on it, wherever the socket is.
extension RelayLoop {
    /// Gives a message to a bot over a connection; its socket may be another loop's. Returns how many bytes it has.
    @discardableResult
    func hand(_ entry: RunningMessage, over connection: BotConnection) -> Int {
        entry.attempt += 1
        if entry.attempt > 1 { shared.socketCounts.redeliver() }
        entry.connection = connection
        connection.beginMessage()
        let frame = entry.message.delivery(attempt: entry.attempt)
        send(frame, over: connection)
        return frame.count
    }

    /// Another connection of a bot can be used: what waited for one goes over it.
    private func connectionOpened(_ connection: BotConnection) {
        roster.add(connection)
        unpark(connection.bot)
    }

    /// A connection of a bot is gone: what it carried goes over another, or waits for the next.
    private func connectionClosed(_ connection: BotConnection) {
        roster.remove(connection)
        if connection.load > 0 { park(running.values.filter { $0.connection === connection }) }
        unpark(connection.bot)
        noteDrained()
    }

    /// Lets messages whose connection is gone wait for another, in the order in which they came.
    private func park(_ lost: [RunningMessage]) {
        for entry in lost.sorted(by: { $0.message.id < $1.message.id }) {
            entry.connection?.endMessage()
            guard let bot = entry.connection?.bot else { continue }
            entry.connection = nil
            entry.isParked = true
            entry.link.park()
            parked[bot, default: []].append(entry.message.id)
        }
    }

    /// What all loops together give a bot at a time of what waits for it: less than would make it seem slow.
    private static let portionBytes = 512 * 1024

    /// Gives a bot the messages that wait for it, portion by portion, each when it has read the one before.
    private func unpark(_ bot: ResourceID) {
        guard parked[bot] != nil, !unparking.contains(bot),
            let connection = roster.leastBusy(of: bot, near: index)
        else { return }
        unparking.insert(bot)
        let home = index
        hop(to: connection.loop) { loop in
            let portion: LoopMailbox.Letter = { $0.handPortion(to: bot, over: connection) }
            guard let socket = loop.sockets[connection] else { return loop.hop(to: home, portion) }
            socket.whenRead { [unowned loop] in loop.hop(to: home, portion) }
        }
    }

    private func handPortion(to bot: ResourceID, over connection: BotConnection) {
        var room = Self.portionBytes / siblings.count
        // Handing over may close a connection and so park what it had: the list is looked at anew each time.
        while room > 0, roster.has(connection), let id = parked[bot]?.popFirst() {
            guard let entry = running[id], entry.isParked else { continue }
            entry.isParked = false
            entry.link.unpark()
            room -= hand(entry, over: connection)
        }
        if parked[bot]?.isEmpty == true { parked[bot] = nil }
        unparking.remove(bot)
        unpark(bot)
    }
}
