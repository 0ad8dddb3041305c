import Directory
import NIOCore

/// How far a loop is with ending what it has in hand.
struct LoopDrain {
    /// When everything has to be over.
    let deadline: NIODeadline
    /// Until then the bots are given time to dial again.
    let redialDeadline: NIODeadline
    /// Fulfilled when everything is over.
    let ended: EventLoopPromise<Void>
    var isOver = false
}

// The server stops: bots dial again first, what is in hand is answered, then the sockets close.
extension RelayLoop {
    /// Within this the sockets of one loop are told to dial again, so that many do not at once. Half the time that there
    /// is at most.
    private static let redialSpread: (least: TimeAmount, perSocket: TimeAmount) = (.milliseconds(50), .milliseconds(1))
    /// What a bot needs to dial again.
    private static let redialPatience: TimeAmount = .milliseconds(500)

    /// Takes no more messages. The future is fulfilled when nobody waits, nothing is with a bot and no socket is open any
    /// more, at the latest after `patience`: whoever waits then learns that the message runs.
    func drain(for patience: TimeAmount) -> EventLoopFuture<Void> {
        let now = NIODeadline.now()
        let spread = min(
            Self.redialSpread.least + .nanoseconds(Int64(sockets.count) * Self.redialSpread.perSocket.nanoseconds),
            .nanoseconds(patience.nanoseconds / 2)
        )
        let ended = eventLoop.makePromise(of: Void.self)
        drain = LoopDrain(
            deadline: now + patience,
            redialDeadline: min(now + spread + Self.redialPatience, now + patience),
            ended: ended
        )
        for socket in sockets.all {
            let milliseconds = Int64.random(in: 0...max(spread.nanoseconds / 1_000_000, 1))
            socket.send(RelayFrame.drain(reconnectAfterMilliseconds: milliseconds))
        }
        eventLoop.assumeIsolated().scheduleTask(in: patience) { self.endDrain() }
        noteDrained()
        return ended.futureResult
    }

    /// Looks whether everything is over.
    func noteDrained() {
        guard let drain, !drain.isOver else { return }
        guard running.values.allSatisfy(\.isAtRest) else { return }
        if sockets.count > 0 {
            guard drain.redialDeadline <= .now() else { return }
            // Messages of other loops may still be with a bot over a socket of this one.
            for socket in Array(sockets.all) where socket.connection.load == 0 { socket.close(.drained) }
        }
        if sockets.isEmpty { endDrain() }
    }

    private func endDrain() {
        guard let drain, !drain.isOver else { return }
        self.drain?.isOver = true
        for entry in running.values { endWait(of: entry, now: .distantFuture) }
        for socket in Array(sockets.all) { socket.close(.drained) }
        sockets.flush()
        handOverToHistory()
        pool.close()
        drain.ended.succeed()
    }
}

extension RelayLoop {
    /// Closes the sockets that were let in while other loops still had messages in hand. All loops are over.
    func closeSocketsForGood() {
        for socket in Array(sockets.all) { socket.close(.drained) }
        sockets.flush()
    }
}

extension RunningMessage {
    /// Whether neither a bot nor a member would notice if the relay were gone: the bot answers later, and elsewhere.
    fileprivate var isAtRest: Bool { call == nil && connection == nil && !isParked && waiters.isEmpty }
}
