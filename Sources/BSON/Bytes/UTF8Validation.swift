extension UnsafeRawBufferPointer {
    /// The index of the first byte that does not belong to well-formed UTF-8 (Unicode 16, table 3-7): overlong forms,
    /// surrogates and what lies beyond U+10FFFF are refused. nil when all of it is well-formed.
    var firstInvalidUTF8: Int? {
        var index = 0
        while index < count {
            // Eight ASCII bytes at a time: most of what is stored is ASCII.
            if count - index >= 8,
                loadUnaligned(fromByteOffset: index, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
            {
                index += 8
                continue
            }
            let length = sequenceLength(at: index)
            guard length > 0 else { return index }
            index += length
        }
        return nil
    }

    /// How many bytes the well-formed sequence at `index` has; 0 when it is malformed.
    private func sequenceLength(at index: Int) -> Int {
        let lead = self[index]
        let second: ClosedRange<UInt8>
        let length: Int
        switch lead {
        case 0x00...0x7F: return 1
        case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
        case 0xE0: (length, second) = (3, 0xA0...0xBF)
        case 0xED: (length, second) = (3, 0x80...0x9F)
        case 0xE1...0xEF: (length, second) = (3, 0x80...0xBF)
        case 0xF0: (length, second) = (4, 0x90...0xBF)
        case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
        case 0xF4: (length, second) = (4, 0x80...0x8F)
        default: return 0
        }
        guard count - index >= length, second.contains(self[index + 1]) else { return 0 }
        for continuation in 2..<Swift.max(length, 2) where self[index + continuation] & 0xC0 != 0x80 { return 0 }
        return length
    }
}
