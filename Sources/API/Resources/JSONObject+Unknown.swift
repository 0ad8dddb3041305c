import BSON

extension JSON.Object {
    /// Adds the fields of a stored document that hiworker does not know. A field of ours wins over one of the same name.
    mutating func append(unknown fields: BSONDocument) {
        for (name, value) in fields where self[name] == nil {
            append(name, JSON(value))
        }
    }
}
