import Testing

@testable import Directory

@Suite("A time limit", .timeLimit(.minutes(1)))
struct TimeLimitTests {
    @Test("lets through what is in time, value or error")
    func inTime() async throws {
        let value = try await withTimeLimit(.seconds(30), error: .late) { () async throws(DirectoryError) in 7 }
        #expect(value == 7)
        await #expect(throws: DirectoryError.notFound) {
            try await withTimeLimit(.seconds(30), error: .late) { () async throws(DirectoryError) -> Int in
                throw .notFound
            }
        }
    }

    @Test("does not wait for what is late, and cancels it if told so", arguments: [true, false])
    func late(cancels: Bool) async throws {
        let gate = AsyncStream.makeStream(of: Void.self)
        let outcome = AsyncStream.makeStream(of: Bool.self)
        let start = ContinuousClock.now
        await #expect(throws: DirectoryError.late) {
            try await withTimeLimit(.milliseconds(20), error: .late, cancelsLateWork: cancels) {
                () async throws(DirectoryError) in
                // A call to MongoDB that takes no notice of a cancellation.
                await Task { for await _ in gate.stream {} }.value
                outcome.continuation.yield(Task.isCancelled)
            }
        }
        #expect(ContinuousClock.now - start < .seconds(20))
        gate.continuation.finish()
        var iterator = outcome.stream.makeAsyncIterator()
        #expect(await iterator.next() == cancels)
    }
}
