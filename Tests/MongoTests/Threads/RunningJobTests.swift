import Testing

@testable import Mongo

/// The caller's own code inside of a job.
@Suite struct RunningJobTests {
    @Test func `the time limit does not count while the caller's code runs, and begins anew after it`() async throws {
        try await withThreads(1, timeLimit: .milliseconds(200)) { threads in
            let blocker = Blocker()
            let task = Task {
                try await threads.run { job -> Bool in
                    (try? job.runCallersCode { blocker.hold() }) != nil
                }
            }
            await blocker.untilHeld()
            try await Task.sleep(for: .milliseconds(500))
            blocker.release()
            #expect(try await task.value)
        }
    }

    @Test func `the caller's code does not run once the caller got its error`() async throws {
        try await withThreads(1, timeLimit: .milliseconds(50)) { threads in
            let blocker = Blocker()
            let codes = Journal<MongoError.Code?>()
            try await expectError(.timedOut) {
                try await threads.run { job in
                    blocker.hold()
                    let error = #expect(throws: MongoError.self) { try job.runCallersCode { codes.write(nil) } }
                    codes.write(error?.code)
                }
            }
            blocker.release()
            try await threads.run { _ in }
            #expect(codes.entries == [.timedOut])
        }
    }

    @Test func `cancellation shows at the next step`() async throws {
        try await withThreads(1) { threads in
            let blocker = Blocker()
            let task = Task {
                try await threads.run { job -> MongoError.Code? in
                    blocker.hold()
                    let error = #expect(throws: MongoError.self) { try job.runCallersCode {} }
                    return error?.code
                }
            }
            await blocker.untilHeld()
            task.cancel()
            blocker.release()
            let code = try await task.value
            #expect(code == .cancelled)
        }
    }
}
