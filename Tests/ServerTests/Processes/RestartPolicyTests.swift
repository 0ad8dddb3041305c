import Testing

@testable import Server

@Suite struct `Restarting a child process` {
    @Test func `starts it again at once, then with pauses that double, then gives up`() {
        var policy = RestartPolicy()
        let actions = (1...6).map { _ in policy.ended(ranFor: .seconds(1)) }
        #expect(
            actions == [
                .restart(after: .zero), .restart(after: .seconds(1)), .restart(after: .seconds(2)),
                .restart(after: .seconds(4)), .restart(after: .seconds(8)), .giveUp,
            ]
        )
    }

    @Test func `forgets earlier ends once it has run for a minute`() {
        var policy = RestartPolicy()
        for _ in 1...5 { _ = policy.ended(ranFor: .seconds(1)) }
        #expect(policy.ended(ranFor: .seconds(60)) == .restart(after: .zero))
        #expect(policy.ended(ranFor: .seconds(59)) == .restart(after: .seconds(1)))
    }
}
