import BSON

/// What a change stream asks the server for.
///
/// The commands are our own, not libmongoc's change stream: that one re-opens itself behind the caller's back and takes
/// three times as long to notice a server that hangs.
struct ChangeStreamQuery: Sendable {
    let database: String
    let pipeline: [BSONDocument]
    let fullDocument: MongoChangeStream.FullDocument
    let resumeAfter: BSONDocument?
    let startAtOperationTime: UInt64?
    /// How long one look for changes waits at the server.
    let wait: Duration

    /// Opens the cursor.
    var aggregate: BSONDocument {
        var stage = BSONDocument()
        if fullDocument == .updateLookup { stage.append("fullDocument", "updateLookup") }
        if let resumeAfter {
            stage.append("resumeAfter", .document(resumeAfter))
        } else if let startAtOperationTime {
            stage.append("startAtOperationTime", .timestamp(startAtOperationTime))
        }
        let stages = [["$changeStream": .document(stage)]] + pipeline
        return [
            "aggregate": .int32(1),
            "pipeline": .array(BSONArray(stages.map(BSONValue.document))),
            "cursor": [:],
            // Only what a majority has can be neither lost nor taken back.
            "readConcern": ["level": "majority"],
        ]
    }

    /// Waits for the next changes.
    func getMore(_ cursor: Int64, of collection: String) -> BSONDocument {
        [
            "getMore": .int64(cursor),
            "collection": .string(collection),
            "maxTimeMS": .int64(wait.inMilliseconds),
        ]
    }

    func killCursors(_ cursor: Int64, of collection: String) -> BSONDocument {
        ["killCursors": .string(collection), "cursors": [.int64(cursor)]]
    }
}
