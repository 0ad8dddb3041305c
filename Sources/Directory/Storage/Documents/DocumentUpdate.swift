import BSON

/// What an update changes: known fields by name, so that all others stay as they are.
struct DocumentUpdate {
    private var values: BSONDocument = [:]
    private var removals: BSONDocument = [:]

    var isEmpty: Bool { values.isEmpty && removals.isEmpty }

    /// Nil removes the field.
    mutating func set(_ field: String, _ value: BSONValue?) {
        if let value {
            values.append(field, value)
        } else {
            removals.append(field, "")
        }
    }

    /// The update as MongoDB takes it. It counts the document's revision up, by which snapshots know what is newer.
    var document: BSONDocument {
        var document: BSONDocument = ["$inc": ["revision": 1]]
        if !values.isEmpty { document.append("$set", .document(values)) }
        if !removals.isEmpty { document.append("$unset", .document(removals)) }
        return document
    }
}
