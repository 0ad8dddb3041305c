extension JSONParser {
    /// Reads a string from its opening quote to behind its closing one. One without escapes is copied in one go.
    mutating func parseString() throws(JSONError) -> String {
        let start = offset + 1
        offset = start
        try skipPlainBytes()
        if current == UInt8(ascii: "\"") {
            defer { offset += 1 }
            return try text(start..<offset)
        }
        return try parseEscapedString(from: start)
    }

    /// Goes on where the first escape stands; `start` is the first byte after the opening quote.
    private mutating func parseEscapedString(from start: Int) throws(JSONError) -> String {
        var decoded = ""
        var pieceStart = start
        while current == UInt8(ascii: "\\") {
            decoded += try text(pieceStart..<offset)
            decoded.unicodeScalars.append(try parseEscape())
            pieceStart = offset
            try skipPlainBytes()
        }
        decoded += try text(pieceStart..<offset)
        offset += 1
        return decoded
    }

    /// Goes on to the next quote or backslash; a string without end and a control character throw.
    private mutating func skipPlainBytes() throws(JSONError) {
        while offset < bytes.count {
            let byte = bytes[offset]
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { return }
            guard byte >= 0x20 else {
                throw JSONError(
                    .controlCharacter,
                    at: offset,
                    "a string holds the control character 0x\(hexadecimal(byte)), which must be written as an escape"
                )
            }
            offset += 1
        }
        throw unexpected("the end of a string")
    }

    private func text(_ range: Range<Int>) throws(JSONError) -> String {
        let piece = UnsafeRawBufferPointer(rebasing: bytes[range])
        if let index = piece.firstInvalidUTF8 {
            throw JSONError(.invalidUTF8, at: range.lowerBound + index, "a string is not UTF-8")
        }
        return String(decoding: piece, as: UTF8.self)
    }

    /// Reads an escape from its backslash on.
    private mutating func parseEscape() throws(JSONError) -> Unicode.Scalar {
        let start = offset
        offset += 1
        guard let letter = current else { throw unexpected("the rest of an escape") }
        offset += 1
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(letter)
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return try parseUnicodeEscape(from: start)
        default: throw JSONError(.invalidEscape, at: start, "a backslash begins no escape that JSON knows")
        }
    }

    /// Reads the digits behind `\u`, and the second escape of a surrogate pair with them.
    private mutating func parseUnicodeEscape(from start: Int) throws(JSONError) -> Unicode.Scalar {
        let unit = try parseFourDigits()
        if let scalar = Unicode.Scalar(unit) { return scalar }
        let loneSurrogate = JSONError(.loneSurrogate, at: start, "an escape is one half of a surrogate pair")
        guard UTF16.isLeadSurrogate(unit), bytes[offset...].starts(with: [UInt8(ascii: "\\"), UInt8(ascii: "u")])
        else { throw loneSurrogate }
        offset += 2
        let second = try parseFourDigits()
        guard UTF16.isTrailSurrogate(second) else { throw loneSurrogate }
        return UTF16.decode(UTF16.EncodedScalar([unit, second]))
    }

    private mutating func parseFourDigits() throws(JSONError) -> UInt16 {
        var unit: UInt16 = 0
        for _ in 0..<4 {
            guard let byte = current else { throw unexpected("a hexadecimal digit") }
            guard let digit = hexadecimalValue(byte) else {
                throw JSONError(.invalidEscape, at: offset, "\\u is not followed by four hexadecimal digits")
            }
            unit = unit << 4 | UInt16(digit)
            offset += 1
        }
        return unit
    }
}
