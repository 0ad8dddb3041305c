extension String {
    /// Whether both are the same UTF-8. To `==` composed and decomposed Hangul are one string; stored, they are two.
    func hasSameBytes(as other: String) -> Bool {
        utf8.count == other.utf8.count && utf8.elementsEqual(other.utf8)
    }
}

extension Hasher {
    /// Feeds the string's UTF-8. Hashing the `String` itself would give one hash to all canonically equivalent
    /// spellings, of which a stranger can send thousands to make a table slow.
    mutating func combine(bytesOf string: String) {
        var string = string
        string.withUTF8 { combine(bytes: UnsafeRawBufferPointer($0)) }
        combine(0xFF as UInt8)
    }
}
