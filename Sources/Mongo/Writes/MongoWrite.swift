public import BSON

/// One write of a bulk.
public enum MongoWrite: Sendable, Hashable {
    case insert(BSONDocument)
    /// Puts `with` in the place of the first document that matches `filter`, or inserts it if told so.
    case replaceOne(_ filter: BSONDocument, with: BSONDocument, upsert: Bool = false)
    /// Applies operators such as `$set` to the first document that matches `filter`.
    case updateOne(_ filter: BSONDocument, _ update: BSONDocument, upsert: Bool = false)
    case updateMany(_ filter: BSONDocument, _ update: BSONDocument, upsert: Bool = false)
    case deleteOne(_ filter: BSONDocument)
    case deleteMany(_ filter: BSONDocument)
}

extension MongoWrite {
    /// An update without operators would replace the whole document, and a replacement with operators is no document.
    /// The server tells them apart by nothing else, so a mix-up must not reach it.
    func check() throws(MongoError) {
        switch self {
        case .insert, .deleteOne, .deleteMany:
            return
        case .updateOne(_, let update, _), .updateMany(_, let update, _):
            guard !update.isEmpty, update.keys.allSatisfy({ $0.hasPrefix("$") }) else {
                throw .invalidArgument("An update must consist of operators such as $set, and of at least one.")
            }
        case .replaceOne(_, let document, _):
            guard !document.keys.contains(where: { $0.hasPrefix("$") }) else {
                throw .invalidArgument("A document to replace another must not have fields that begin with $.")
            }
        }
    }
}
