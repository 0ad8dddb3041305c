import NIOCore

extension ByteBuffer {
    /// How many readable bytes are whole characters of well-formed UTF-8 (Unicode 16, table 3-7).
    ///
    /// - Parameter isComplete: whether nothing follows; else the last character may lack bytes.
    /// - Returns: nil when they are not UTF-8, whatever follows.
    func wholeUTF8Length(isComplete: Bool) -> Int? {
        withUnsafeReadableBytes { bytes in
            var length = bytes.asciiPrefixLength
            var rest = bytes[length...].makeIterator()
            var parser = Unicode.UTF8.ForwardParser()
            while true {
                switch parser.parseScalar(from: &rest) {
                case .valid(let character): length += character.count
                case .emptyInput: return length
                case .error(let faulty):
                    // A character that only the end of the bytes cuts off: its lead byte is one, and so is what follows.
                    let isCut = length + faulty == bytes.count && (0xC2...0xF4).contains(bytes[length])
                    return isCut && !isComplete ? length : nil
                }
            }
        }
    }
}

extension UnsafeRawBufferPointer {
    /// Eight bytes at a time; up to seven ASCII bytes more may follow.
    fileprivate var asciiPrefixLength: Int {
        var length = 0
        while length + 8 <= count,
            loadUnaligned(fromByteOffset: length, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
        {
            length += 8
        }
        return length
    }
}
