extension BSONDocument: Sequence {
    /// The fields in their order, each read when it is its turn.
    public struct Iterator: IteratorProtocol {
        private let document: BSONDocument
        private var offset = 4

        init(_ document: BSONDocument) {
            self.document = document
        }

        public mutating func next() -> (key: String, value: BSONValue)? {
            document.withUnsafeBytes { buffer in
                var reader = BSONReader(trusted: buffer, from: offset)
                guard let element = reader.nextTrusted() else { return nil }
                offset = reader.offset
                return (element.key.string, element.valueTrusted())
            }
        }
    }

    public func makeIterator() -> Iterator {
        Iterator(self)
    }
}
