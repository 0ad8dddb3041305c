import Testing

@testable import Directory

@Suite("What the follower knows of itself")
struct FollowerHealthTests {
    private let start = ContinuousClock.now
    private let refused = FollowerHealth.Problem(code: "unavailable", sentence: "refused")

    @Test("it is silent before it heard anything")
    func starting() {
        let health = FollowerHealth()
        let silence = health.silence(now: start)
        #expect(silence?.since == nil && silence?.problem == "MongoDB was not heard of yet.")
        #expect(!health.isLoaded)
    }

    @Test("a stream that shows no sign of life for three seconds is silent since its last one")
    func silence() {
        var health = FollowerHealth()
        let isNews = health.hear(from: .changeStream, now: start)
        #expect(isNews)
        #expect(health.silence(now: start + .seconds(3)) == nil)
        let silence = health.silence(now: start + .milliseconds(3001))
        #expect(silence?.since == start && silence?.problem == "MongoDB has not answered for 3 seconds.")
        let isNewsAgain = health.hear(from: .changeStream, now: start + .seconds(9))
        #expect(!isNewsAgain && health.silence(now: start + .seconds(9)) == nil)
    }

    @Test("a loss is news once, another kind of problem is news again, and so is the recovery")
    func loss() {
        var health = FollowerHealth()
        _ = health.hear(from: .changeStream, now: start)
        let steps = [
            health.lose(refused),
            health.lose(FollowerHealth.Problem(code: "unavailable", sentence: "refused once more")),
            health.lose(FollowerHealth.Problem(code: "unauthorized", sentence: "no such user")),
        ]
        #expect(steps == [true, false, true])
        let silence = health.silence(now: start + .seconds(1))
        #expect(silence?.since == start && silence?.problem == "no such user")
        #expect(health.reopenings == 1)
        let isNews = health.hear(from: .changeStream, now: start + .seconds(2))
        #expect(isNews && health.silence(now: start + .seconds(2)) == nil)
    }

    @Test("what was never there was not lost")
    func neverThere() {
        var health = FollowerHealth()
        let steps = [health.lose(refused), health.lose(refused)]
        #expect(steps == [true, false])
        #expect(health.silence(now: start)?.since == nil && health.reopenings == 0)
    }

    @Test("polling may be silent for as long as it takes to read everything, and then for four times as long")
    func polling() {
        var health = FollowerHealth()
        _ = health.hear(from: .polling, now: start)
        health.loaded(in: .seconds(2), unreadable: 3)
        #expect(health.isLoaded && health.loads == 1 && health.unreadableDocuments == 3)
        #expect(health.silence(now: start + .seconds(10)) == nil)
        #expect(health.silence(now: start + .seconds(20)) != nil)
        let isNews = health.hear(from: .changeStream, now: start)
        #expect(isNews && health.silence(now: start + .seconds(10)) != nil)
    }
}

@Suite("Waiting before the next attempt")
struct BackoffTests {
    @Test("grows from a tenth of a second to two seconds, half of it by chance, and begins anew after a success")
    func growth() {
        var backoff = Backoff()
        for ceiling in [0.1, 0.2, 0.4, 0.8, 1.6, 2, 2, 2] {
            let pause = backoff.next()
            #expect(pause >= .seconds(ceiling / 2) && pause <= .seconds(ceiling))
        }
        backoff.reset()
        #expect(backoff.next() <= .milliseconds(100))
        var (one, other) = (Backoff(), Backoff())
        #expect((0..<8).contains { _ in one.next() != other.next() })
    }
}
