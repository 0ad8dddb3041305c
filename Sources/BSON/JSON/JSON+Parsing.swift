extension JSON {
    /// How deep arrays and objects may nest unless the caller says otherwise.
    public static let defaultMaximumDepth = 32

    /// No caller may allow more: a level takes up to 2.5 KiB of stack in a debug build, and the smallest stacks that
    /// threads get are 512 KiB.
    private static let depthCeiling = 128

    /// Reads one JSON value (RFC 8259, strictly) that fills the bytes.
    ///
    /// Refused are, beyond what the grammar refuses: invalid UTF-8, a byte order mark, escapes of lone surrogates, two
    /// members of one name, numbers that no double can hold, and nesting deeper than `maximumDepth` (at most 128).
    ///
    /// A number without fraction and exponent that fits into 64 bits becomes ``integer(_:)``, any other ``number(_:)``.
    public init(
        parsing bytes: UnsafeRawBufferPointer,
        maximumDepth: Int = defaultMaximumDepth
    ) throws(JSONError) {
        var parser = JSONParser(bytes, maximumDepth: min(maximumDepth, Self.depthCeiling))
        self = try parser.parse()
    }

    /// The same for any bytes; those that do not lie in one piece are copied first.
    public init(
        parsing bytes: some Collection<UInt8>,
        maximumDepth: Int = defaultMaximumDepth
    ) throws(JSONError) {
        let result = bytes.withContiguousStorageIfAvailable { Result(parsing: $0, maximumDepth: maximumDepth) }
        self = try (result ?? Array(bytes).withUnsafeBufferPointer { Result(parsing: $0, maximumDepth: maximumDepth) })
            .get()
    }

    /// The same for a string, whose UTF-8 bytes are meant by the offset of an error.
    public init(parsing text: String, maximumDepth: Int = defaultMaximumDepth) throws(JSONError) {
        try self.init(parsing: text.utf8, maximumDepth: maximumDepth)
    }
}

extension Result<JSON, JSONError> {
    /// Carries a typed error out of closures that only know `rethrows`.
    fileprivate init(parsing bytes: UnsafeBufferPointer<UInt8>, maximumDepth: Int) {
        self = Result { () throws(JSONError) in
            try JSON(parsing: UnsafeRawBufferPointer(bytes), maximumDepth: maximumDepth)
        }
    }
}
