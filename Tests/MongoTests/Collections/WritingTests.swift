import BSON
import Testing

@testable import Mongo

@Suite struct WritingTests {
    @Test func `a document without an id gets one`() async throws {
        try await withCollection { things in
            try await things.insert(["a": 1])
            #expect(try await things.all().first?["_id"]?.objectID != nil)
        }
    }

    @Test func `inserting nothing is harmless`() async throws {
        try await withCollection { things in
            try await things.insert([])
            #expect(try await things.count() == 0)
        }
    }

    @Test func `a second document with the same key is refused, naming the index`() async throws {
        try await withCollection { things in
            try await things.createIndexes([MongoIndex(["company": 1, "name": 1], unique: true)])
            try await things.insert(["_id": 1, "company": "a", "name": "b"])
            let error = try await expectError(.duplicateKey) {
                try await things.insert(["_id": 2, "company": "a", "name": "b"])
            }
            #expect(error.serverCode == 11000)
            #expect(error.keyPattern?.keys == ["company", "name"])
            #expect(error.failedWrites.map(\.index) == [0])
            #expect(!error.isTransient)
        }
    }

    @Test func `updateOne says what it did`() async throws {
        try await withCollection { things in
            try await things.insert([["_id": 1, "a": 1], ["_id": 2, "a": 1]])
            let update = try await things.updateOne(["a": 1], ["$set": ["b": 2]])
            #expect((update.matched, update.modified) == (1, 1))
            #expect(update.upserted == nil)
            let again = try await things.updateOne(["_id": 1], ["$set": ["a": 1]])
            #expect((again.matched, again.modified) == (1, 0))
            let none = try await things.updateOne(["_id": 3], ["$set": ["a": 1]])
            #expect((none.matched, none.modified) == (0, 0))
            let upsert = try await things.updateOne(["_id": "new"], ["$set": ["a": 1]], upsert: true)
            #expect(upsert.upserted == "new")
            #expect(try await things.count() == 3)
        }
    }

    @Test func `updateMany updates all that match`() async throws {
        try await withCollection { things in
            try await things.insert([["_id": 1, "a": 1], ["_id": 2, "a": 1], ["_id": 3, "a": 2]])
            let update = try await things.updateMany(["a": 1], ["$inc": ["a": .int32(10)]])
            #expect((update.matched, update.modified) == (2, 2))
            #expect(try await things.count(["a": 11]) == 2)
        }
    }

    @Test func `replaceOne leaves nothing of the old document but its id`() async throws {
        try await withCollection { things in
            try await things.insert(["_id": 1, "a": 1])
            try await things.replaceOne(["_id": 1], with: ["b": 2])
            try await things.replaceOne(["_id": 2], with: ["c": 3], upsert: true)
            #expect(try await things.all() == [["_id": 1, "b": 2], ["_id": 2, "c": 3]])
        }
    }

    @Test func `deletes say how many there were`() async throws {
        try await withCollection { things in
            try await things.insert((0..<5).map { ["_id": .int64($0), "a": 1] })
            #expect(try await things.deleteOne(["a": 1]) == 1)
            #expect(try await things.deleteMany(["a": 1]) == 4)
            #expect(try await things.deleteOne(["a": 1]) == 0)
        }
    }

    @Test(arguments: [[:], ["a": 1], ["$set": ["a": 1], "b": 2]] as [BSONDocument])
    func `an update that would replace the document is refused`(update: BSONDocument) async throws {
        try await withCollection { things in
            try await things.insert(["_id": 1])
            try await expectError(.invalidArgument) { try await things.updateOne(["_id": 1], update) }
            try await expectError(.invalidArgument) { try await things.updateMany(["_id": 1], update) }
            try await expectError(.invalidArgument) { try await things.findOneAndUpdate(["_id": 1], update) }
            #expect(try await things.all() == [["_id": 1]])
        }
    }

    @Test func `a replacement with operators is refused`() async throws {
        try await withCollection { things in
            try await expectError(.invalidArgument) {
                try await things.replaceOne([:], with: ["$set": ["a": 1]], upsert: true)
            }
        }
    }

    @Test func `a document beyond sixteen megabytes is refused`() async throws {
        try await withCollection { things in
            let large = BSONValue.binary(bytes: [UInt8](repeating: 0, count: 17 << 20))
            let error = await #expect(throws: MongoError.self) { try await things.insert(["_id": 1, "large": large]) }
            #expect(error?.isTransient == false)
            try await things.insert(["_id": 2])
            #expect(try await things.all() == [["_id": 2]])
        }
    }

    @Test func `findOneAndUpdate returns the document before or after`() async throws {
        try await withCollection { things in
            try await things.insert([["_id": 1, "n": .int32(1)], ["_id": 2, "n": .int32(1)]])
            let increment: BSONDocument = ["$inc": ["n": .int32(1)]]
            #expect(try await things.findOneAndUpdate(["_id": 1], increment) == ["_id": 1, "n": .int32(2)])
            #expect(
                try await things.findOneAndUpdate(["_id": 1], increment, returnNew: false) == [
                    "_id": 1, "n": .int32(2),
                ]
            )
            #expect(
                try await things.findOneAndUpdate([:], increment, sort: ["_id": -1], projection: ["_id": 1]) == [
                    "_id": 2
                ]
            )
            #expect(try await things.findOneAndUpdate(["_id": 9], increment) == nil)
            #expect(
                try await things.findOneAndUpdate(["_id": 9], increment, upsert: true) == ["_id": 9, "n": .int32(1)]
            )
        }
    }

    @Test func `findOneAndUpdate names the index of a duplicate key`() async throws {
        try await withCollection { things in
            try await things.createIndexes([MongoIndex(["name": 1], unique: true)])
            try await things.insert([["_id": 1, "name": "a"], ["_id": 2, "name": "b"]])
            let error = try await expectError(.duplicateKey) {
                try await things.findOneAndUpdate(["_id": 2], ["$set": ["name": "a"]])
            }
            #expect(error.keyPattern?.keys == ["name"])
        }
    }

    @Test(arguments: [MongoWriteConcern.majorityJournaled, .acknowledged])
    func `both write concerns are acknowledged`(concern: MongoWriteConcern) async throws {
        try await withDatabase { database in
            let things = database.collection("things", writeConcern: concern)
            let update = try await things.updateOne(["_id": 1], ["$set": ["a": 1]], upsert: true)
            #expect(update.upserted == 1)
        }
    }
}
