/// A BSON document: its bytes, and nothing beside them.
///
/// Whatever comes from outside is checked once, by ``init(validating:)``; after that reading cannot fail on the bytes.
/// Fields that nobody touches keep their bytes, so what we do not know survives an update.
public struct BSONDocument: Sendable, Hashable {
    /// How deep documents and arrays from outside may nest, the outermost one counted. MongoDB's own limit.
    public static let maximumDepth = 100

    /// The document as it is stored and sent: its length, its fields, a zero byte.
    public internal(set) var bytes: [UInt8]

    /// An empty document.
    public init() {
        bytes = [5, 0, 0, 0, 0]
    }

    /// Takes one whole document and checks all of it: lengths, terminators, types, UTF-8 and depth.
    public init(validating bytes: [UInt8]) throws(BSONError) {
        try bytes.withUnsafeBufferPointer { (buffer) throws(BSONError) in
            try BSONValidator.validate(UnsafeRawBufferPointer(buffer))
        }
        self.bytes = bytes
    }

    /// Copies one whole document from memory lent by the caller, checked as by ``init(validating:)``.
    public init(validating bytes: UnsafeRawBufferPointer) throws(BSONError) {
        try BSONValidator.validate(bytes)
        self.bytes = Array(bytes)
    }

    /// Trusts that the bytes are a sound document: a part of one that was checked.
    init(unchecked bytes: UnsafeRawBufferPointer) {
        self.bytes = Array(bytes)
    }

    /// Lends the bytes without a copy; the pointer dies with the closure.
    public func withUnsafeBytes<Result, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try bytes.withUnsafeBufferPointer { (buffer) throws(Failure) in
            try body(UnsafeRawBufferPointer(buffer))
        }
    }
}
