import Directory

/// The open sockets of all bots, as one event loop knows them. Confined to it.
struct ConnectionRoster {
    private var connections: [ResourceID: [BotConnection]] = [:]

    mutating func add(_ connection: BotConnection) {
        connections[connection.bot, default: []].append(connection)
    }

    mutating func remove(_ connection: BotConnection) {
        connections[connection.bot]?.removeAll { $0 === connection }
        if connections[connection.bot]?.isEmpty == true { connections[connection.bot] = nil }
    }

    /// All of a bot's.
    subscript(bot: ResourceID) -> [BotConnection] { connections[bot] ?? [] }

    func has(_ connection: BotConnection) -> Bool {
        connections[connection.bot]?.contains { $0 === connection } ?? false
    }

    /// The connection of a bot with the fewest messages in hand; of equals one on this loop, which spares a hand-over.
    func leastBusy(of bot: ResourceID, near loop: Int) -> BotConnection? {
        guard let candidates = connections[bot] else { return nil }
        if candidates.count == 1 { return candidates[0] }
        return candidates.min { left, right in
            (left.load, left.loop == loop ? 0 : 1) < (right.load, right.loop == loop ? 0 : 1)
        }
    }
}
