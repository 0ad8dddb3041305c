import Testing

/// Waits for something that happens on another thread without telling; a minute at most.
func until(_ isTrue: () async throws -> Bool) async throws {
    let end = ContinuousClock.now + .seconds(60)
    while try await !isTrue() {
        try #require(ContinuousClock.now < end, "it did not come about within a minute")
        await Task.yield()
    }
}
