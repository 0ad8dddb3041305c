@testable import Mongo

/// Lends threads and ends them whatever happens.
func withThreads(
    _ count: Int,
    maximumQueuedJobs: Int = 100,
    timeLimit: Duration = .seconds(30),
    _ body: (WorkerThreads) async throws -> Void
) async throws {
    let threads = try WorkerThreads(count: count, maximumQueuedJobs: maximumQueuedJobs, timeLimit: timeLimit)
    do {
        try await body(threads)
    } catch {
        threads.stopAccepting()
        await threads.end {}
        throw error
    }
    threads.stopAccepting()
    await threads.end {}
}
