import Foundation
import Testing

@testable import Mongo

@Suite struct WorkerThreadsTests {
    @Test func `a job's result comes back from another thread`() async throws {
        try await withThreads(1) { threads in
            let result = try await threads.run { _ in pthread_self() }
            #expect(result != pthread_self())
        }
    }

    @Test func `a job's error comes back`() async throws {
        try await withThreads(1) { threads in
            try await expectError(.invalidArgument) {
                try await threads.run { (_) throws(MongoError) -> Int in throw .invalidArgument("no") }
            }
        }
    }

    @Test func `as many jobs run at once as there are threads, and no more`() async throws {
        try await withThreads(2) { threads in
            let blocker = Blocker()
            try await withThrowingTaskGroup { group in
                for _ in 0..<3 { group.addTask { try await threads.run { _ in blocker.hold() } } }
                await blocker.untilHeld(2)
                try await until { threads.queuedJobs == 1 }
                blocker.release(3)
                try await group.waitForAll()
            }
        }
    }

    @Test func `a job beyond the bound of the queue is refused at once`() async throws {
        try await withThreads(1, maximumQueuedJobs: 2) { threads in
            let blocker = Blocker()
            try await withThrowingTaskGroup { group in
                group.addTask { try await threads.run { _ in blocker.hold() } }
                await blocker.untilHeld()
                for _ in 0..<2 { group.addTask { try await threads.run { _ in } } }
                try await until { threads.queuedJobs == 2 }
                let error = try await expectError(.queueFull) { try await threads.run { _ in } }
                #expect(error.message.contains("2 calls wait"))
                blocker.release()
                try await group.waitForAll()
            }
        }
    }

    @Test func `cancelling a queued job removes it, and it never runs`() async throws {
        try await withThreads(1) { threads in
            let blocker = Blocker()
            let hasRun = Flag()
            let first = Task { try await threads.run { _ in blocker.hold() } }
            await blocker.untilHeld()
            let second = Task { try await threads.run { _ in hasRun.raise() } }
            try await until { threads.queuedJobs == 1 }
            second.cancel()
            try await expectError(.cancelled) { try await second.value }
            #expect(threads.queuedJobs == 0)
            blocker.release()
            try await first.value
            try await threads.run { _ in }
            #expect(!hasRun.isRaised)
        }
    }

    @Test func `a job of a task that is cancelled already never runs`() async throws {
        try await withThreads(1) { threads in
            let hasRun = Flag()
            let task = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                try await threads.run { _ in hasRun.raise() }
            }
            try await expectError(.cancelled) { try await task.value }
            #expect(!hasRun.isRaised)
        }
    }

    @Test func `cancelling a running job does not disturb it`() async throws {
        try await withThreads(1) { threads in
            let blocker = Blocker()
            let task = Task {
                try await threads.run { _ in
                    blocker.hold()
                    return 7
                }
            }
            await blocker.untilHeld()
            task.cancel()
            blocker.release()
            let value = try await task.value
            #expect(value == 7)
        }
    }

    @Test func `a job that hangs fails at its time limit, and its thread serves again when it comes back`() async throws
    {
        try await withThreads(1, timeLimit: .milliseconds(100)) { threads in
            let blocker = Blocker()
            let start = ContinuousClock.now
            let error = try await expectError(.timedOut) { try await threads.run { _ in blocker.hold() } }
            #expect(ContinuousClock.now - start >= .milliseconds(100))
            #expect(error.message.contains("did not answer"))
            blocker.release()
            #expect(try await threads.run { _ in 7 } == 7)
        }
    }

    @Test func `a job that waits too long for a thread fails at its time limit and never runs`() async throws {
        try await withThreads(1, timeLimit: .milliseconds(100)) { threads in
            let blocker = Blocker()
            let hasRun = Flag()
            let first = Task { try await threads.run { _ in blocker.hold() } }
            await blocker.untilHeld()
            let error = try await expectError(.timedOut) { try await threads.run { _ in hasRun.raise() } }
            #expect(error.message.contains("nothing was sent"))
            #expect(threads.queuedJobs == 0)
            try await expectError(.timedOut) { try await first.value }
            blocker.release()
            try await threads.run { _ in }
            #expect(!hasRun.isRaised)
        }
    }

    @Test func `closing ends although a wake-up for a removed job is left over`() async throws {
        let threads = try WorkerThreads(count: 1, maximumQueuedJobs: 10, timeLimit: .seconds(10))
        let blocker = Blocker()
        let first = Task { try await threads.run { _ in blocker.hold() } }
        await blocker.untilHeld()
        let second = Task { try await threads.run { _ in } }
        try await until { threads.queuedJobs == 1 }
        second.cancel()
        try await expectError(.cancelled) { try await second.value }
        threads.stopAccepting()
        blocker.release()
        try await first.value
        let hasEnded = Flag()
        await threads.end { hasEnded.raise() }
        #expect(hasEnded.isRaised)
    }

    @Test func `closing does the jobs that were taken, refuses others, and does the last work last`() async throws {
        let threads = try WorkerThreads(count: 2, maximumQueuedJobs: 10, timeLimit: .seconds(10))
        let blocker = Blocker()
        let journal = Journal<String>()
        let first = Task { try await threads.run { _ in blocker.hold() } }
        let second = Task { try await threads.run { _ in blocker.hold() } }
        await blocker.untilHeld(2)
        let queued = Task { try await threads.run { _ in journal.write("queued") } }
        try await until { threads.queuedJobs == 1 }
        threads.stopAccepting()
        try await expectError(.closed) { try await threads.run { _ in } }
        let end = Task { await threads.end { journal.write("last") } }
        blocker.release(2)
        await end.value
        for job in [first, second, queued] { try await job.value }
        #expect(journal.entries == ["queued", "last"])
    }
}
