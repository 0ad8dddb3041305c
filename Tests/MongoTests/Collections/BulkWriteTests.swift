import BSON
import Testing

@testable import Mongo

@Suite struct BulkWriteTests {
    @Test func `a bulk does every kind of write and adds them up`() async throws {
        try await withCollection { things in
            let result = try await things.bulkWrite([
                .insert(["_id": 1, "a": 1]),
                .insert(["_id": 2, "a": 1]),
                .updateOne(["_id": 1], ["$set": ["a": 2]]),
                .updateMany([:], ["$set": ["b": 1]]),
                .replaceOne(["_id": 2], with: ["c": 1]),
                .updateOne(["_id": 3], ["$set": ["a": 3]], upsert: true),
                .replaceOne(["_id": 4], with: ["a": 4], upsert: true),
                .deleteOne(["_id": 1]),
                .deleteMany(["_id": ["$gte": 4]]),
            ])
            #expect(result.inserted == 2)
            #expect(result.matched == 4)
            #expect(result.modified == 4)
            #expect(result.deleted == 2)
            #expect(result.upserted == [5: 3, 6: 4])
            #expect(try await things.all() == [["_id": 2, "c": 1], ["_id": 3, "a": 3]])
        }
    }

    @Test func `an ordered bulk stops at the first failure`() async throws {
        try await withCollection { things in
            let error = try await expectError(.duplicateKey) {
                try await things.bulkWrite([.insert(["_id": 1]), .insert(["_id": 1]), .insert(["_id": 2])])
            }
            #expect(error.failedWrites.map(\.index) == [1])
            #expect(try await things.all() == [["_id": 1]])
        }
    }

    @Test func `an unordered bulk does the rest and tells all failures`() async throws {
        try await withCollection { things in
            try await things.insert(["_id": 1])
            let error = try await expectError(.duplicateKey) {
                try await things.bulkWrite(
                    [.insert(["_id": 1]), .insert(["_id": 2]), .insert(["_id": 2]), .insert(["_id": 3])],
                    ordered: false
                )
            }
            #expect(error.failedWrites.map(\.index) == [0, 2])
            #expect(error.failedWrites.map(\.code) == [.duplicateKey, .duplicateKey])
            #expect(try await things.count() == 3)
        }
    }

    @Test func `an empty bulk is no call`() async throws {
        try await withCollection { things in
            let result = try await things.bulkWrite([])
            #expect(result == MongoBulkResult())
        }
    }

    @Test func `a bulk larger than one message is cut`() async throws {
        try await withCollection { things in
            let filler = BSONValue.binary(bytes: [UInt8](repeating: 0, count: 1 << 20))
            let result = try await things.bulkWrite(
                (0..<60).map { .insert(["_id": .int64($0), "filler": filler]) },
                ordered: false
            )
            #expect(result.inserted == 60)
        }
    }
}
