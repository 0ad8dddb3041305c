import BSON
import Testing

@testable import Mongo

@Suite struct ChangeBufferTests {
    @Test func `elements come out in their order, then the end`() async throws {
        let buffer = ChangeBuffer()
        try await onThread {
            #expect(buffer.push([.number(1), .number(2)]))
            #expect(buffer.push([.number(3)]))
            buffer.finish(nil)
        } meanwhile: {
            let taken = try await buffer.take(5)
            #expect(taken == [.number(1), .number(2), .number(3), nil, nil])
        }
    }

    @Test func `a second batch waits until the first is taken`() async throws {
        let buffer = ChangeBuffer()
        let second = Flag()
        try await onThread {
            #expect(buffer.push([.number(1), .number(2)]))
            #expect(buffer.push([.number(3)]))
            second.raise()
        } meanwhile: {
            var taken = try await buffer.take(1)
            #expect(!second.isRaised)
            taken += try await buffer.take(2)
            #expect(taken == [.number(1), .number(2), .number(3)])
        }
        #expect(second.isRaised)
    }

    @Test func `an empty batch neither waits nor wakes`() async throws {
        let buffer = ChangeBuffer()
        try await onThread {
            #expect(buffer.push([]))
            #expect(buffer.push([.number(1)]))
        } meanwhile: {
            let taken = try await buffer.take(1)
            #expect(taken == [.number(1)])
        }
    }

    @Test func `an error comes after what was there, once`() async throws {
        let buffer = ChangeBuffer()
        #expect(buffer.push([.number(1)]))
        buffer.finish(.cancelled)
        let taken = try await buffer.take(1)
        #expect(taken == [.number(1)])
        try await expectError(.cancelled) { try await buffer.next() }
        let end = try await buffer.next()
        #expect(end == nil)
    }

    @Test func `stopping drops what is there and frees a thread that waits`() async throws {
        let buffer = ChangeBuffer()
        #expect(buffer.push([.number(1)]))
        try await onThread {
            #expect(!buffer.push([.number(2)]))
            #expect(!buffer.push([.number(3)]))
        } meanwhile: {
            buffer.stop()
        }
        let end = try await buffer.next()
        #expect(end == nil)
    }

    @Test func `stopping with an error ends a task that waits with it`() async throws {
        let buffer = ChangeBuffer()
        let consumer = Task { try await buffer.next() }
        buffer.stop(.failure(.closed))
        try await expectError(.closed) { try await consumer.value }
        let end = try await buffer.next()
        #expect(end == nil)
    }

    @Test func `cancelling the task that waits stops the stream`() async throws {
        let buffer = ChangeBuffer()
        let consumer = Task { try await buffer.next() }
        consumer.cancel()
        let end = try await consumer.value
        #expect(end == nil)
        #expect(!buffer.push([.number(1)]))
    }

    @Test func `the end after a stop changes nothing`() async throws {
        let buffer = ChangeBuffer()
        buffer.stop()
        buffer.finish(.cancelled)
        let end = try await buffer.next()
        #expect(end == nil)
    }
}

extension ChangeBuffer {
    fileprivate func take(_ count: Int) async throws -> [MongoChange?] {
        var taken: [MongoChange?] = []
        for _ in 0..<count { taken.append(try await next()) }
        return taken
    }
}

extension MongoChange {
    fileprivate static func number(_ number: Int) -> Self {
        .idle(resumeToken: ["number": .int64(Int64(number))])
    }
}

/// Runs the first closure on a thread of its own, the second here, and waits for both.
private func onThread(
    _ thread: @escaping @Sendable () -> Void,
    meanwhile task: () async throws -> Void
) async throws {
    let ended = AsyncStream.makeStream(of: Never.self)
    let thread = try OwnThread {
        thread()
        ended.continuation.finish()
    }
    thread.detach()
    try await task()
    for await _ in ended.stream {}
}
