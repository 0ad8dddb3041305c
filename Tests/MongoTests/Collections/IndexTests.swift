import BSON
import Testing

@testable import Mongo

@Suite struct IndexTests {
    @Test func `an index is made as asked, and making it again is harmless`() async throws {
        try await withCollection { things in
            let index = MongoIndex(
                ["company": 1, "commands.name": -1],
                unique: true,
                partialFilter: ["commands.name": ["$exists": true]]
            )
            let sparse = MongoIndex(["x": "hashed"], name: "own name", sparse: true)
            for _ in 0..<2 { try await things.createIndexes([index, sparse]) }
            let indexes = try await things.indexes().filter { $0["name"] != "_id_" }
            #expect(indexes.map { $0["name"] } == ["company_1_commands.name_-1", "own name"])
            #expect(indexes.first?["unique"] == true)
            #expect(indexes.first?["partialFilterExpression"] == ["commands.name": ["$exists": true]])
            #expect(indexes.last?["sparse"] == true)
        }
    }

    @Test func `a collection that is not there has no indexes`() async throws {
        try await withCollection { things in
            let indexes = try await things.indexes()
            #expect(indexes.isEmpty)
        }
    }

    @Test func `the expiry of an index is changed in place`() async throws {
        try await withCollection { things in
            try await things.createIndexes([MongoIndex(["at": 1], expireAfter: .seconds(100))])
            try await things.createIndexes([
                MongoIndex(["at": 1], expireAfter: .seconds(200)), MongoIndex(["other": 1]),
            ])
            let indexes = try await things.indexes()
            #expect(indexes.count == 3)
            #expect(indexes.first { $0["name"] == "at_1" }?["expireAfterSeconds"]?.int64 == 200)
        }
    }

    @Test func `an index without an expiry gets one`() async throws {
        try await withCollection { things in
            try await things.createIndexes([MongoIndex(["at": 1])])
            try await things.createIndexes([MongoIndex(["at": 1], expireAfter: .seconds(7))])
            #expect(try await things.indexes().last?["expireAfterSeconds"]?.int64 == 7)
        }
    }

    @Test func `an index that differs otherwise is the server's error`() async throws {
        try await withCollection { things in
            try await things.createIndexes([MongoIndex(["a": 1])])
            let error = try await expectError(.server) {
                try await things.createIndexes([MongoIndex(["a": 1], unique: true)])
            }
            #expect(error.serverCode == 86)
        }
    }

    @Test func `a unique index over duplicates is refused`() async throws {
        try await withCollection { things in
            try await things.insert([["a": 1], ["a": 1]])
            try await expectError(.duplicateKey) {
                try await things.createIndexes([MongoIndex(["a": 1], unique: true)])
            }
        }
    }

    @Test func `no indexes is no call`() async throws {
        try await withCollection { things in
            try await things.createIndexes([])
            #expect(try await things.indexes().isEmpty)
        }
    }
}
