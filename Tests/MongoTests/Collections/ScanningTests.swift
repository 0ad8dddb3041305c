import BSON
import Synchronization
import Testing

@testable import Mongo

@Suite struct ScanningTests {
    @Test func `a scan lends every document that matches, over many batches`() async throws {
        try await withCollection { things in
            try await things.insert((0..<5000).map { ["_id": .int64($0), "odd": .bool($0 % 2 == 1)] })
            let sum = Mutex(Int64(0))
            let count = try await things.scan(["odd": true], projection: ["_id": 1]) { bytes in
                let document = try BSONDocument(validating: bytes)
                #expect(document.keys == ["_id"])
                try sum.withLock { try $0 += document.int64("_id") }
            }
            #expect(count == 2500)
            let odds: [Int64] = stride(from: 1, to: 5000, by: 2).map { $0 }
            #expect(sum.withLock { $0 } == odds.reduce(0, +))
        }
    }

    @Test func `an empty collection is scanned`() async throws {
        try await withCollection { things in
            let count = try await things.scan { _ in }
            #expect(count == 0)
        }
    }

    @Test func `what the closure throws ends the scan and comes out`() async throws {
        struct Enough: Error {}
        try await withCollection { things in
            try await things.insert((0..<10).map { ["_id": .int64($0)] })
            let seen = Mutex(0)
            await #expect(throws: Enough.self) {
                try await things.scan { _ in
                    seen.withLock { $0 += 1 }
                    throw Enough()
                }
            }
            #expect(seen.withLock { $0 } == 1)
        }
    }

    @Test func `an error of the server comes out`() async throws {
        try await withCollection { things in
            try await expectError(.server) { try await things.scan(["$noSuch": 1]) { _ in } }
        }
    }

    @Test func `cancelling ends a scan at the next document`() async throws {
        try await withCollection { things in
            try await things.insert((0..<10).map { ["_id": .int64($0)] })
            let blocker = Blocker()
            let scan = Task { try await things.scan { _ in blocker.hold() } }
            await blocker.untilHeld()
            scan.cancel()
            blocker.release()
            try await expectError(.cancelled) { try await scan.value }
        }
    }
}
