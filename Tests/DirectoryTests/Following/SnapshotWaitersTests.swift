import Testing

@testable import Directory

@Suite("Waiting for a snapshot", .timeLimit(.minutes(1)))
struct SnapshotWaitersTests {
    private let publisher = SnapshotPublisher()
    private let wakeUp = WakeUp()

    private func snapshot(_ version: UInt64) -> Snapshot {
        Snapshot(version: version)
    }

    @Test("does not wait for what is there already")
    func alreadyThere() async {
        publisher.publish(snapshot(3))
        let waiters = SnapshotWaiters(publisher: publisher, wakeUp: wakeUp)
        #expect(await waiters.wait { $0.version >= 3 })
    }

    @Test("wakes those, and only those, whose condition is met")
    func conditions() async {
        let waiters = SnapshotWaiters(publisher: publisher, wakeUp: wakeUp)
        let woken = AsyncStream.makeStream(of: UInt64.self)
        await withTaskGroup { group in
            for version in [1, 2, 3] as [UInt64] {
                group.addTask {
                    #expect(await waiters.wait { $0.version >= version })
                    woken.continuation.yield(version)
                }
            }
            var order: [UInt64] = []
            var iterator = woken.stream.makeAsyncIterator()
            for version in [1, 2, 3] as [UInt64] {
                let next = snapshot(version)
                publisher.publish(next)
                waiters.published(next)
                if let woken = await iterator.next() { order.append(woken) }
            }
            #expect(order == [1, 2, 3])
        }
    }

    @Test("ends with its task", arguments: [false, true])
    func cancellation(before: Bool) async {
        let waiters = SnapshotWaiters(publisher: publisher, wakeUp: wakeUp)
        let task = Task { await waiters.wait { _ in false } }
        // The signal says that it waits.
        if !before { await wakeUp.sleep(atMost: .seconds(30)) }
        task.cancel()
        #expect(await task.value == false)
    }

    @Test("wakes whoever reads MongoDB again and again")
    func wakingUp() async {
        let waiters = SnapshotWaiters(publisher: publisher, wakeUp: wakeUp)
        let start = ContinuousClock.now
        async let waiting = waiters.wait { $0.version == 1 }
        await wakeUp.sleep(atMost: .seconds(30))
        #expect(ContinuousClock.now - start < .seconds(20))
        let next = snapshot(1)
        publisher.publish(next)
        waiters.published(next)
        #expect(await waiting)
    }
}

@Suite("Sleeping until woken", .timeLimit(.minutes(1)))
struct WakeUpTests {
    @Test("ends when the time is up")
    func time() async {
        let start = ContinuousClock.now
        await WakeUp().sleep(atMost: .milliseconds(20))
        #expect(ContinuousClock.now - start >= .milliseconds(20))
    }

    @Test("ends at once when it was signalled before, and only once for that")
    func signalledBefore() async {
        let wakeUp = WakeUp()
        wakeUp.signal()
        wakeUp.signal()
        let start = ContinuousClock.now
        await wakeUp.sleep(atMost: .seconds(30))
        #expect(ContinuousClock.now - start < .seconds(20))
        await wakeUp.sleep(atMost: .milliseconds(20))
        #expect(ContinuousClock.now - start >= .milliseconds(20))
    }

    @Test("ends when its task is cancelled")
    func cancellation() async {
        let start = ContinuousClock.now
        let task = Task { await WakeUp().sleep(atMost: .seconds(30)) }
        task.cancel()
        await task.value
        #expect(ContinuousClock.now - start < .seconds(20))
    }
}
