extension JSON: CustomStringConvertible {
    /// The value as JSON, for logs and test failures.
    public var description: String { text }
}

extension BSONDocument: CustomStringConvertible {
    /// The document as relaxed Extended JSON, for logs and test failures.
    public var description: String { JSON(.document(self)).text }
}

extension BSONArray: CustomStringConvertible {
    /// The array as relaxed Extended JSON, for logs and test failures.
    public var description: String { JSON(.array(self)).text }
}
