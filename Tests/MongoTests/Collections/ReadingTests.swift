import BSON
import MongodSupport
import Testing

@testable import Mongo

@Suite struct ReadingTests {
    @Test func `find returns what matches, sorted, skipped, limited and projected`() async throws {
        try await withCollection { things in
            try await things.insert((0..<10).map { ["_id": .int64($0), "even": .bool($0 % 2 == 0), "n": .int64(-$0)] })
            let page = try await things.find(["even": true], sort: ["n": 1], limit: 2, projection: ["n": 1], skip: 1)
            #expect(page == [["_id": 6, "n": -6], ["_id": 4, "n": -4]])
        }
    }

    @Test func `find reads over many batches`() async throws {
        try await withCollection { things in
            let filler = String(repeating: "x", count: 10_000)
            try await things.insert((0..<2500).map { ["_id": .int64($0), "filler": .string(filler)] })
            let all = try await things.find(sort: ["_id": 1], limit: 2500)
            #expect(all.map { $0["_id"]?.int64 } == (0..<2500).map(Int64.init))
        }
    }

    @Test func `findOne returns the first, or nil`() async throws {
        try await withCollection { things in
            try await things.insert([["_id": 1, "a": 1], ["_id": 2, "a": 1]])
            #expect(try await things.findOne(["a": 1], sort: ["_id": -1]) == ["_id": 2, "a": 1])
            #expect(try await things.findOne(["a": 1], sort: ["_id": 1], projection: ["_id": 0]) == ["a": 1])
            #expect(try await things.findOne(["a": 2]) == nil)
        }
    }

    @Test func `count counts what matches, no further than its limit`() async throws {
        try await withCollection { things in
            #expect(try await things.count() == 0)
            try await things.insert((0..<5).map { ["_id": .int64($0)] })
            #expect(try await things.count() == 5)
            #expect(try await things.count(["_id": ["$gte": 3]]) == 2)
            #expect(try await things.count(limit: 3) == 3)
        }
    }

    @Test func `aggregate returns what comes out, up to its limit`() async throws {
        try await withCollection { things in
            try await things.insert((0..<6).map { ["_id": .int64($0), "kind": .int64($0 % 3)] })
            let kinds = try await things.aggregate(
                [["$group": ["_id": "$kind", "count": ["$sum": 1]]], ["$sort": ["_id": 1]]],
                limit: 2
            )
            #expect(kinds == [["_id": 0, "count": 2], ["_id": 1, "count": 2]])
        }
    }

    @Test func `every type comes back byte for byte`() async throws {
        try await withCollection { things in
            let id = try #require(ObjectID(hex: "0123456789abcdef01234567"))
            let document: BSONDocument = [
                "_id": 1, "double": 1.5, "nan": .double(.init(nan: 5, signaling: false)), "string": "안녕\u{0}하세요",
                "": "the empty name", "binary": .binary(bytes: [1, 2, 3]), "id": .objectID(id), "yes": true,
                "date": .date(milliseconds: -1), "null": .null,
                "pattern": .regularExpression(pattern: "a", options: "i"),
                "code": .javaScript("x"), "int32": .int32(-1), "timestamp": .timestamp(77), "int64": .int64(.min),
                "decimal": .decimal128(low: 1, high: 0x3040_0000_0000_0000), "min": .minKey, "max": .maxKey,
                "list": [1, "two", [3]], "$dollar": 1, "a.b": 2,
            ]
            try await things.insert(document)
            #expect(try await things.findOne(["_id": 1])?.bytes == document.bytes)
        }
    }

    @Test(arguments: [0, -1, MongoCollection.maximumPage + 1])
    func `a page out of bounds is refused`(limit: Int) async throws {
        try await withCollection { things in
            try await expectError(.invalidArgument) { try await things.find(limit: limit) }
            try await expectError(.invalidArgument) { try await things.aggregate([], limit: limit) }
        }
    }

    @Test func `a filter that the server refuses is its error`() async throws {
        try await withCollection { things in
            let error = try await expectError(.server) { try await things.find(["$noSuch": 1], limit: 1) }
            #expect(error.serverCode == 2)
        }
    }

    @Test func `a query that takes too long is given up by the server`() async throws {
        var configuration = MongoPool.Configuration()
        configuration.socketTimeout = .milliseconds(1000)
        try await withCollection { things in
            try await things.insert(["_id": 1])
            try await withPool(of: .shared(), configuration) { pool in
                let impatient = pool.database(things.namespace.database).collection(things.name)
                let error = try await expectError(.timedOut) {
                    try await impatient.find(["$where": "while (true) {}"], limit: 1)
                }
                #expect(error.serverCode == 50)
            }
        }
    }
}
