import BSON

/// One answer to `aggregate` or `getMore` on a change stream.
struct ChangeBatch {
    /// 0 when the server has closed the cursor.
    private(set) var cursor: Int64 = 0
    /// The name under which `getMore` finds the cursor.
    private(set) var collection = ""
    private(set) var changes: [MongoChange.Change] = []
    /// Where everything of this batch is behind us.
    private(set) var resumeToken: BSONDocument

    /// `lastToken` is that of the batch before, for servers that send none with an empty batch.
    init(reply: UnsafeRawBufferPointer, lastToken: BSONDocument) throws(MongoError) {
        resumeToken = lastToken
        do {
            try read(reply)
        } catch {
            throw .invalidReply("a look for changes", error.message)
        }
    }

    private mutating func read(_ reply: UnsafeRawBufferPointer) throws(BSONError) {
        var fields = try BSONReader(reply)
        while let field = try fields.next() {
            guard "cursor" ~= field.key else { continue }
            var token: BSONDocument?
            var parts = try field.reader()
            while let part = try parts.next() {
                switch part.key {
                case "id": cursor = try part.int64()
                case "ns": collection = Self.collection(of: try part.string())
                case "postBatchResumeToken": token = try BSONDocument(validating: part.payload)
                case "firstBatch", "nextBatch": try read(events: part)
                default: break
                }
            }
            resumeToken = token ?? changes.last?.resumeToken ?? resumeToken
        }
    }

    private mutating func read(events: BSONElement) throws(BSONError) {
        var elements = try events.reader()
        while let event = try elements.next() {
            changes.append(try MongoChange.Change(event: event.payload))
        }
    }

    /// What follows the database's name in `database.$cmd.aggregate`.
    private static func collection(of namespace: String) -> String {
        namespace.split(separator: ".", maxSplits: 1).dropFirst().first.map(String.init) ?? ""
    }
}
