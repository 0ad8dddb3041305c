extension JSONParser {
    /// Reads a number from its sign or first digit on.
    mutating func parseNumber() throws(JSONError) -> JSON {
        let start = offset
        if current == UInt8(ascii: "-") { offset += 1 }
        let digits = offset
        try skipDigits()
        if bytes[digits] == UInt8(ascii: "0"), offset - digits > 1 {
            throw JSONError(.invalidNumber, at: digits, "a number begins with a superfluous zero")
        }
        if current != UInt8(ascii: "."), current != UInt8(ascii: "e"), current != UInt8(ascii: "E") {
            if let integer = integer(digits..<offset, isNegative: digits > start) { return .integer(integer) }
        } else {
            try skipFractionAndExponent()
        }
        return .number(try double(start..<offset))
    }

    private mutating func skipFractionAndExponent() throws(JSONError) {
        if current == UInt8(ascii: ".") {
            offset += 1
            try skipDigits()
        }
        guard current == UInt8(ascii: "e") || current == UInt8(ascii: "E") else { return }
        offset += 1
        if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { offset += 1 }
        try skipDigits()
    }

    /// One digit at least.
    private mutating func skipDigits() throws(JSONError) {
        let start = offset
        while let byte = current, isDigit(byte) { offset += 1 }
        guard offset == start else { return }
        guard current != nil else { throw unexpected("a digit") }
        throw JSONError(.invalidNumber, at: offset, "a number lacks a digit")
    }

    private func isDigit(_ byte: UInt8) -> Bool {
        byte &- UInt8(ascii: "0") < 10
    }

    /// The number as 64 bits; nil when it does not fit. Counts downwards, since there is one more negative number.
    private func integer(_ range: Range<Int>, isNegative: Bool) -> Int64? {
        var value: Int64 = 0
        for byte in bytes[range] {
            let (product, productOverflows) = value.multipliedReportingOverflow(by: 10)
            let (sum, sumOverflows) = product.subtractingReportingOverflow(Int64(byte - UInt8(ascii: "0")))
            if productOverflows || sumOverflows { return nil }
            value = sum
        }
        if isNegative { return value }
        return value == .min ? nil : -value
    }

    private func double(_ range: Range<Int>) throws(JSONError) -> Double {
        let text = String(decoding: UnsafeRawBufferPointer(rebasing: bytes[range]), as: UTF8.self)
        guard let value = Double(text), value.isFinite else {
            throw JSONError(.numberOutOfRange, at: range.lowerBound, "a number is beyond what a double can hold")
        }
        return value
    }
}
