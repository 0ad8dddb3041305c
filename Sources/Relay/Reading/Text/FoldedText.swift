import Directory

/// Text in the form in which two spellings of one value or name are equal: normalization form C, plain form, small
/// letters, no white space. `대회의실` and `대 회의실` fold alike, and so do `S1`, `s 1` and `Ｓ１`.
struct FoldedText {
    private(set) var bytes: [UInt8] = []

    init() {}

    init(_ text: String) {
        append(text)
    }

    mutating func append(_ text: String) {
        var text = text.normalizedC
        text.withUTF8 { append($0) }
    }

    /// Appends UTF-8 that is valid and in normalization form C.
    mutating func append(_ utf8: UnsafeBufferPointer<UInt8>) {
        var position = 0
        while position < utf8.count {
            let byte = utf8[position]
            if byte < 0x80 {
                if PlainForm(UInt32(byte)) != .blank { bytes.append(byte.lowercased) }
                position += 1
            } else {
                let scalar = UTF8Scalar(in: utf8, at: position)
                append(scalar, UnsafeBufferPointer(rebasing: utf8[position..<position + scalar.width]))
                position += scalar.width
            }
        }
    }

    mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
    }

    private mutating func append(_ scalar: UTF8Scalar, _ utf8: UnsafeBufferPointer<UInt8>) {
        switch PlainForm(scalar.value) {
        case .blank, .nothing:
            break
        case .ascii(let byte):
            bytes.append(byte.lowercased)
        case .itself where (0xAC00...0xD7A3).contains(scalar.value):
            bytes.append(contentsOf: utf8)
        case .itself:
            guard let small = Unicode.Scalar(scalar.value)?.properties.lowercaseMapping else { return }
            bytes.append(contentsOf: small.utf8)
        }
    }
}
