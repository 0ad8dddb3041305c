/// Why a stored document is not what we read, beside ``BSON/BSONError``: a field is missing or its value makes no sense.
struct UnreadableDocument: Error, CustomStringConvertible {
    let field: String

    var description: String { "The field \"\(field)\" is missing or holds nothing of use." }
}

extension Optional {
    /// The value of a field that must be there and be of use.
    func orUnreadable(_ field: String) throws(UnreadableDocument) -> Wrapped {
        guard let self else { throw UnreadableDocument(field: field) }
        return self
    }
}
