import BSON
import Testing

@testable import Mongo

@Suite struct ChangeBatchTests {
    private let event: BSONDocument = [
        "_id": ["_data": "82"], "operationType": "insert", "clusterTime": .timestamp(7),
        "fullDocument": ["_id": 1, "a": 2], "ns": ["db": "db", "coll": "things"], "documentKey": ["_id": 1],
    ]

    @Test func `a batch is read with its cursor, changes and token`() throws {
        let batch = try ChangeBatch([
            "cursor": [
                "firstBatch": [.document(event)], "postBatchResumeToken": ["_data": "83"], "id": 42,
                "ns": "db.$cmd.aggregate",
            ],
            "ok": 1.0,
        ])
        #expect(batch.cursor == 42)
        #expect(batch.collection == "$cmd.aggregate")
        #expect(batch.resumeToken == ["_data": "83"])
        let change = try #require(batch.changes.first)
        #expect(batch.changes.count == 1)
        #expect(change.operation == .insert)
        #expect(change.collection == "things")
        #expect(change.documentID == 1)
        #expect(change.fullDocument == ["_id": 1, "a": 2])
        #expect(change.resumeToken == ["_data": "82"])
        #expect(change.clusterTime == 7)
    }

    @Test func `without a token of the batch that of its last change counts, else the one before`() throws {
        let withChange = try ChangeBatch(["cursor": ["id": 1, "ns": "a.b", "nextBatch": [.document(event)]]])
        #expect(withChange.resumeToken == ["_data": "82"])
        let empty = try ChangeBatch(["cursor": ["id": 1, "ns": "a.b", "nextBatch": []]])
        #expect(empty.resumeToken == ["last": true])
    }

    @Test(
        "every operation has its name",
        arguments: [
            ("insert", .insert), ("update", .update), ("replace", .replace), ("delete", .delete), ("drop", .drop),
            ("dropDatabase", .dropDatabase), ("rename", .rename), ("invalidate", .invalidate),
            ("createIndexes", .other("createIndexes")),
        ] as [(String, MongoChange.Operation)]
    )
    func operations(name: String, operation: MongoChange.Operation) throws {
        let event: BSONDocument = ["_id": ["_data": "82"], "operationType": .string(name)]
        let batch = try ChangeBatch(["cursor": ["nextBatch": [.document(event)]]])
        #expect(batch.changes.first?.operation == operation)
        #expect(batch.changes.first?.collection == "")
        #expect(batch.changes.first?.documentID == .null)
        #expect(batch.changes.first?.fullDocument == nil)
    }

    @Test func `a document as deep as documents may be is read, though the event is deeper`() throws {
        var deep: BSONDocument = ["leaf": 1]
        while (try? BSONDocument(validating: BSONDocument([("a", .document(deep))]).bytes)) != nil {
            deep = ["a": .document(deep)]
        }
        var event = self.event
        event["fullDocument"] = .document(deep)
        let batch = try ChangeBatch(["cursor": ["nextBatch": [.document(event)]]])
        #expect(batch.changes.first?.fullDocument == deep)
    }

    @Test func `a reply that is no batch is an error`() {
        let replies: [BSONDocument] = [
            ["cursor": 1], ["cursor": ["id": "x"]], ["cursor": ["nextBatch": [1]]],
            ["cursor": ["nextBatch": [["_id": 1]]]], ["cursor": ["nextBatch": [["_id": [:], "operationType": 1]]]],
        ]
        for reply in replies {
            let error = #expect(throws: MongoError.self) { try ChangeBatch(reply) }
            #expect(error?.code == .invalidReply)
        }
    }
}

extension ChangeBatch {
    fileprivate init(_ reply: BSONDocument) throws {
        self = try reply.withUnsafeBytes { try ChangeBatch(reply: $0, lastToken: ["last": true]) }
    }
}
