import BSON
import MongodSupport
import Testing

@testable import Mongo

@Suite(.timeLimit(.minutes(2))) struct ChangeStreamTests {
    @Test func `a stream opens first and then tells every write in its order`() async throws {
        try await withDatabase { database in
            let things = database.collection("things")
            var changes = database.changes().makeAsyncIterator()
            try await changes.expectOpened()
            try await things.insert(["_id": 1, "a": 1])
            try await things.updateOne(["_id": 1], ["$set": ["a": 2]])
            try await things.replaceOne(["_id": 1], with: ["b": 1])
            try await things.deleteOne(["_id": 1])
            try await database.collection("others").insert(["_id": "x"])
            let told = try await changes.nextChanges(5)
            #expect(told.map(\.operation) == [.insert, .update, .replace, .delete, .insert])
            #expect(told.map(\.collection) == ["things", "things", "things", "things", "others"])
            #expect(told.map(\.documentID) == [1, 1, 1, 1, "x"])
            #expect(told[0].fullDocument == ["_id": 1, "a": 1])
            #expect(told[2].fullDocument == ["_id": 1, "b": 1])
            #expect(told[3].fullDocument == nil)
            #expect(told.map(\.clusterTime) == told.map(\.clusterTime).sorted())
            #expect(told[0].clusterTime > 0)
        }
    }

    @Test func `an update brings the document only when asked for`() async throws {
        try await withDatabase { database in
            let things = database.collection("things")
            try await things.insert(["_id": 1, "a": 1])
            var with = database.changes().makeAsyncIterator()
            var without = database.changes(fullDocument: .none).makeAsyncIterator()
            try await with.expectOpened()
            try await without.expectOpened()
            try await things.updateOne(["_id": 1], ["$set": ["a": 2]])
            let documents = try await [with.nextChanges(1)[0].fullDocument, without.nextChanges(1)[0].fullDocument]
            #expect(documents == [["_id": 1, "a": 2], nil])
        }
    }

    @Test func `a pipeline chooses`() async throws {
        try await withDatabase { database in
            var changes = database.changes([["$match": ["ns.coll": "wanted"]]]).makeAsyncIterator()
            try await changes.expectOpened()
            try await database.collection("unwanted").insert(["_id": 1])
            try await database.collection("wanted").insert(["_id": 2])
            let told = try await changes.nextChanges(1)
            #expect(told.map(\.documentID) == [2])
        }
    }

    @Test func `a quiet stream shows that it lives`() async throws {
        try await withDatabase { database in
            var changes = database.changes().makeAsyncIterator()
            try await changes.expectOpened()
            let start = ContinuousClock.now
            for _ in 0..<3 {
                let element = try await changes.next()
                guard case .idle = element else {
                    Issue.record("\(String(describing: element)) instead of idle")
                    return
                }
            }
            #expect(ContinuousClock.now - start < .seconds(5))
        }
    }

    @Test func `a stream goes on after any token of another`() async throws {
        try await withDatabase { database in
            let things = database.collection("things")
            var first = database.changes().makeAsyncIterator()
            let opened = try #require(try await first.next())
            try await things.insert([["_id": 1], ["_id": 2], ["_id": 3]])
            let told = try await first.nextChanges(3)
            var idle = try #require(try await first.next())
            while case .change = idle { idle = try #require(try await first.next()) }
            try await things.insert(["_id": 4])

            for (token, expected) in [
                (opened.resumeToken, [1, 2, 3, 4]), (told[1].resumeToken, [3, 4]), (idle.resumeToken, [4]),
            ] as [(BSONDocument, [BSONValue])] {
                var again = database.changes(resumeAfter: token).makeAsyncIterator()
                try await again.expectOpened()
                let missed = try await again.nextChanges(expected.count)
                #expect(missed.map(\.documentID) == expected)
            }
        }
    }

    @Test func `a stream begins at the time of an operation`() async throws {
        try await withDatabase { database in
            let reply = try await database.run(["insert": "things", "documents": [["_id": 1]]])
            guard case .timestamp(let time) = reply["operationTime"] else {
                Issue.record("no operationTime in \(reply)")
                return
            }
            try await database.collection("things").insert(["_id": 2])
            var changes = database.changes(startAtOperationTime: time).makeAsyncIterator()
            try await changes.expectOpened()
            let told = try await changes.nextChanges(2)
            #expect(told.map(\.documentID) == [1, 2])
        }
    }

    @Test func `many changes come through in order though the reader is slow`() async throws {
        try await withDatabase { database in
            var changes = database.changes().makeAsyncIterator()
            try await changes.expectOpened()
            let documents: [BSONDocument] = (0..<5000).map { ["_id": .int64($0)] }
            try await database.collection("things").insert(documents)
            let told = try await changes.nextChanges(5000)
            #expect(told.map(\.documentID) == documents.map { $0["_id"] })
        }
    }

    @Test func `dropping the database ends the stream after telling`() async throws {
        try await withDatabase { database in
            try await database.collection("things").insert(["_id": 1])
            var operations: [MongoChange.Operation] = []
            for try await element in database.changes() {
                switch element {
                case .opened: try await database.drop()
                case .change(let change): operations.append(change.operation)
                case .idle: break
                }
            }
            #expect(operations == [.drop, .dropDatabase, .invalidate])
        }
    }

    @Test func `breaking off the loop ends the thread, and the place is free again`() async throws {
        var configuration = MongoPool.Configuration()
        configuration.maximumChangeStreams = 1
        try await withDatabase(configuration) { database in
            for try await element in database.changes() {
                if case .opened = element { break }
            }
            try await until { database.pool.changeStreams.openCount == 0 }
            var changes = database.changes().makeAsyncIterator()
            try await changes.expectOpened()
            try await expectError(.queueFull) { for try await _ in database.changes() {} }
        }
    }

    @Test func `cancelling the task ends its loop without an error, and soon the thread`() async throws {
        try await withDatabase { database in
            let hasOpened = AsyncStream.makeStream(of: Never.self)
            let reader = Task {
                for try await element in database.changes() {
                    if case .opened = element { hasOpened.continuation.finish() }
                }
            }
            for await _ in hasOpened.stream {}
            reader.cancel()
            try await reader.value
            let start = ContinuousClock.now
            try await until { database.pool.changeStreams.openCount == 0 }
            #expect(ContinuousClock.now - start < .seconds(3))
        }
    }

    @Test func `closing the pool ends its streams with an error`() async throws {
        let pool = try MongoPool(uri: await TestMongod.shared().uri, logger: .silent)
        var changes = pool.database(TestMongod.uniqueDatabaseName()).changes().makeAsyncIterator()
        try await changes.expectOpened()
        await pool.close()
        #expect(pool.changeStreams.openCount == 0)
        let error = await #expect(throws: MongoError.self) { while try await changes.next() != nil {} }
        #expect(error?.code == .closed)
    }
}

extension MongoChangeStream.AsyncIterator {
    mutating func expectOpened(sourceLocation: SourceLocation = #_sourceLocation) async throws {
        let first = try await next()
        guard case .opened = first else {
            Issue.record("\(String(describing: first)) instead of opened", sourceLocation: sourceLocation)
            return
        }
    }

    /// The next changes, without the signs of life between them.
    mutating func nextChanges(_ count: Int) async throws -> [MongoChange.Change] {
        var changes: [MongoChange.Change] = []
        while changes.count < count, let element = try await next() {
            if case .change(let change) = element { changes.append(change) }
        }
        return changes
    }
}
