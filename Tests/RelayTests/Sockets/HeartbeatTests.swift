import NIOCore
import Testing

@testable import Relay

@Suite
struct `The heartbeat of a socket` {
    @Test
    func `pings every second beat while the peer answers`() {
        var heartbeat = Heartbeat()
        let actions = (0..<6)
            .map { _ in
                let action = heartbeat.next()
                heartbeat.heard()
                return action
            }
        #expect(actions == [.ping, .nothing, .ping, .nothing, .ping, .nothing])
    }

    @Test
    func `pings once more when nothing was heard, and gives up at the next beat`() {
        var heartbeat = Heartbeat()
        #expect(
            [heartbeat.next(), heartbeat.next(), heartbeat.next(), heartbeat.next()] == [
                .ping, .ping, .giveUp, .giveUp,
            ]
        )
        heartbeat.heard()
        #expect(heartbeat.next() != .giveUp)
    }

    @Test
    func `notices a silent peer within two intervals of its last word`() {
        var heartbeat = Heartbeat()
        _ = heartbeat.next()
        heartbeat.heard()
        // The longest way: the peer falls silent just behind a ping.
        let beats = sequence(first: heartbeat.next()) { $0 == .giveUp ? nil : heartbeat.next() }
        let count = Array(beats).count
        #expect(Heartbeat.beat * count <= Heartbeat.interval * 2)
    }
}
