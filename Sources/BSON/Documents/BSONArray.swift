/// A BSON array: a document whose names are `0`, `1`, `2` and so on.
///
/// An array that came from elsewhere keeps its names whatever they are, and its bytes; reading goes by their order.
public struct BSONArray: Sendable, Hashable {
    /// The array as a document, names included.
    public private(set) var document: BSONDocument

    /// An empty array.
    public init() {
        document = BSONDocument()
    }

    /// Takes a document's fields as elements, in their order, whatever their names.
    public init(_ document: BSONDocument) {
        self.document = document
    }

    /// Takes the elements in their order and names them `0`, `1`, `2` and so on.
    public init(_ values: some Sequence<BSONValue>) {
        var document = BSONDocument()
        for (index, value) in values.enumerated() {
            document.append(String(index), value)
        }
        self.document = document
    }

    /// Whether there is no element.
    public var isEmpty: Bool { document.isEmpty }

    /// How many elements there are; takes a walk over all of them.
    public var count: Int { document.count }
}

extension BSONArray: Sequence {
    /// The elements in their order, each read when it is its turn.
    public struct Iterator: IteratorProtocol {
        fileprivate var fields: BSONDocument.Iterator

        public mutating func next() -> BSONValue? {
            fields.next()?.value
        }
    }

    public func makeIterator() -> Iterator {
        Iterator(fields: document.makeIterator())
    }
}

extension BSONArray: ExpressibleByArrayLiteral {
    public init(arrayLiteral elements: BSONValue...) {
        self.init(elements)
    }
}
