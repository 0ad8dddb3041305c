public import BSON

/// What a ``MongoChangeStream`` tells.
public enum MongoChange: Sendable, Hashable {
    /// The stream stands: every change from now on will come. Always the first element, once. Whoever wants the whole
    /// picture reads the collections after it. The token resumes from here.
    case opened(resumeToken: BSONDocument)
    case change(Change)
    /// A look for changes found none: the server lives, and everything up to now has come. The token resumes from here;
    /// keep it instead of that of the last change, which the server's log loses in time.
    case idle(resumeToken: BSONDocument)

    /// One write, or something that happened to a collection as a whole.
    public struct Change: Sendable, Hashable {
        public let operation: Operation
        /// The name of the collection; empty when the whole database is concerned.
        public let collection: String
        /// The `_id` of the document; null when a collection as a whole is concerned.
        public let documentID: BSONValue
        /// The document after an insert or a replacement. After an update, if asked for, as it was when the change was
        /// looked up, which may be later than the change, and nil when it is gone by then.
        public let fullDocument: BSONDocument?
        /// Where to go on after this change; opaque.
        public let resumeToken: BSONDocument
        /// When it happened, in MongoDB's own count (seconds since 1970 in the upper half); 0 when it does not say.
        public let clusterTime: UInt64
    }

    public enum Operation: Sendable, Hashable {
        case insert, update, replace, delete
        /// A collection, or the whole database, was dropped.
        case drop, dropDatabase
        case rename
        /// The last change of a stream: what was watched is no more.
        case invalidate
        /// Another, by its name.
        case other(String)
    }
}

extension MongoChange {
    /// The token to resume from once this element is dealt with.
    public var resumeToken: BSONDocument {
        switch self {
        case .opened(let token), .idle(let token): token
        case .change(let change): change.resumeToken
        }
    }
}

extension MongoChange.Operation {
    init(_ name: String) {
        self =
            switch name {
            case "insert": .insert
            case "update": .update
            case "replace": .replace
            case "delete": .delete
            case "drop": .drop
            case "dropDatabase": .dropDatabase
            case "rename": .rename
            case "invalidate": .invalidate
            default: .other(name)
            }
    }
}

extension MongoChange.Change {
    /// Reads an event where it lies in a reply. The document in it is checked as a document of its own: inside of the
    /// event it may nest deeper than documents may.
    init(event bytes: UnsafeRawBufferPointer) throws(BSONError) {
        var operation = MongoChange.Operation.other("")
        var collection = ""
        var documentID = BSONValue.null
        var fullDocument: BSONDocument?
        var resumeToken = BSONDocument()
        var clusterTime: UInt64 = 0
        var reader = try BSONReader(bytes)
        while let element = try reader.next() {
            switch element.key {
            case "_id": resumeToken = try BSONDocument(validating: element.payload)
            case "operationType": operation = MongoChange.Operation(try element.string())
            case "ns": collection = try element.field("coll")?.string ?? ""
            case "documentKey": documentID = try element.field("_id") ?? .null
            case "fullDocument" where element.type == .document:
                fullDocument = try BSONDocument(validating: element.payload)
            case "clusterTime":
                if case .timestamp(let time) = try element.value() { clusterTime = time }
            default: break
            }
        }
        self.init(
            operation: operation,
            collection: collection,
            documentID: documentID,
            fullDocument: fullDocument,
            resumeToken: resumeToken,
            clusterTime: clusterTime
        )
    }
}

extension BSONElement {
    /// A field of the document that this element is.
    fileprivate func field(_ name: StaticString) throws(BSONError) -> BSONValue? {
        var reader = try self.reader()
        while let element = try reader.next() {
            if name ~= element.key { return try element.value() }
        }
        return nil
    }
}
