/// Reads the few fields of a flat JSON object straight from its bytes: the body of a hot request.
///
/// The object is plain when it is valid JSON whose keys are among those asked for, none twice, and whose values are
/// strings or plain decimal numbers. For anything else, also for what is wrong, reading fails without a reason: the
/// ordinary parser then reads the same bytes and says what is the matter.
public struct PlainObject {
    private let bytes: UnsafeRawBufferPointer
    private var position = 0

    public init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
    }

    public enum Value: Sendable, Equatable {
        case string(String)
        /// A number without exponent, at most 15 digits.
        case number(Double)
    }

    /// Calls `field` for each member in order with the index of its key among `keys`; nil when not plain.
    public static func read(
        _ bytes: UnsafeRawBufferPointer,
        keys: [StaticString],
        field: (Int, Value) -> Void
    ) -> Void? {
        var object = PlainObject(bytes)
        return object.readMembers(keys: keys, field: field)
    }

    private mutating func readMembers(keys: [StaticString], field: (Int, Value) -> Void) -> Void? {
        var seen: UInt64 = 0
        guard skip(UInt8(ascii: "{")) else { return nil }
        if skip(UInt8(ascii: "}")) { return end() }
        repeat {
            guard let index = readKey(keys), seen & (1 << UInt64(index)) == 0, skip(UInt8(ascii: ":")) else {
                return nil
            }
            seen |= 1 << UInt64(index)
            guard let value = readValue() else { return nil }
            field(index, value)
        } while skip(UInt8(ascii: ","))
        return skip(UInt8(ascii: "}")) ? end() : nil
    }

    private mutating func end() -> Void? {
        skipWhitespace()
        return position == bytes.count ? () : nil
    }

    private mutating func skipWhitespace() {
        while position < bytes.count {
            switch bytes[position] {
            case 0x20, 0x09, 0x0A, 0x0D: position += 1
            default: return
            }
        }
    }

    private mutating func skip(_ byte: UInt8) -> Bool {
        skipWhitespace()
        guard position < bytes.count, bytes[position] == byte else { return false }
        position += 1
        return true
    }

    private mutating func readKey(_ keys: [StaticString]) -> Int? {
        guard skip(UInt8(ascii: "\"")) else { return nil }
        let rest = UnsafeRawBufferPointer(rebasing: bytes[position...])
        for (index, key) in keys.enumerated() {
            let count = key.utf8CodeUnitCount
            guard rest.count > count, rest[count] == UInt8(ascii: "\""),
                rest[..<count].elementsEqual(UnsafeBufferPointer(start: key.utf8Start, count: count))
            else { continue }
            position += count + 1
            return index
        }
        return nil
    }

    private mutating func readValue() -> Value? {
        skipWhitespace()
        guard position < bytes.count else { return nil }
        if bytes[position] == UInt8(ascii: "\"") {
            position += 1
            return readString().map(Value.string)
        }
        return readNumber().map(Value.number)
    }
}

extension PlainObject {
    /// A decimal number of JSON's grammar without exponent.
    private mutating func readNumber() -> Double? {
        let start = position
        var digits = 0
        var value = 0.0
        while position < bytes.count, let digit = ASCII.digit(bytes[position]) {
            value = value * 10 + Double(digit)
            digits += 1
            position += 1
        }
        guard digits > 0, digits == 1 || bytes[start] != UInt8(ascii: "0") else { return nil }
        var divisor = 1.0
        if position < bytes.count, bytes[position] == UInt8(ascii: ".") {
            position += 1
            let fraction = position
            while position < bytes.count, let digit = ASCII.digit(bytes[position]) {
                value = value * 10 + Double(digit)
                divisor *= 10
                digits += 1
                position += 1
            }
            guard position > fraction else { return nil }
        }
        // Below 2^53 numerator and denominator are exact, so the quotient is the nearest Double.
        guard digits <= 15 else { return nil }
        return value / divisor
    }

    /// The rest of a string after its opening quote, unescaped.
    private mutating func readString() -> String? {
        let start = position
        while position < bytes.count {
            let byte = bytes[position]
            if byte == UInt8(ascii: "\"") {
                defer { position += 1 }
                return String(validating: bytes[start..<position], as: UTF8.self)
            }
            if byte == UInt8(ascii: "\\") { return readEscapedString(from: start) }
            guard byte >= 0x20 else { return nil }
            position += 1
        }
        return nil
    }

    private mutating func readEscapedString(from start: Int) -> String? {
        var unescaped = [UInt8](bytes[start..<position])
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            switch byte {
            case UInt8(ascii: "\""): return String(validating: unescaped, as: UTF8.self)
            case UInt8(ascii: "\\"): guard readEscape(into: &unescaped) != nil else { return nil }
            case 0x20...: unescaped.append(byte)
            default: return nil
            }
        }
        return nil
    }

    private mutating func readEscape(into unescaped: inout [UInt8]) -> Void? {
        guard position < bytes.count else { return nil }
        let byte = bytes[position]
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): unescaped.append(byte)
        case UInt8(ascii: "b"): unescaped.append(0x08)
        case UInt8(ascii: "f"): unescaped.append(0x0C)
        case UInt8(ascii: "n"): unescaped.append(0x0A)
        case UInt8(ascii: "r"): unescaped.append(0x0D)
        case UInt8(ascii: "t"): unescaped.append(0x09)
        case UInt8(ascii: "u"):
            guard let scalar = readUnicodeEscape() else { return nil }
            unescaped.append(contentsOf: String(scalar).utf8)
        default: return nil
        }
        return ()
    }

    /// The scalar behind `\u`, from one escape or a surrogate pair of two. A lone surrogate is nothing.
    private mutating func readUnicodeEscape() -> Unicode.Scalar? {
        guard let unit = readHexDigits() else { return nil }
        guard unit & 0xFC00 == 0xD800 else { return Unicode.Scalar(unit) }
        guard position + 1 < bytes.count, bytes[position] == UInt8(ascii: "\\"),
            bytes[position + 1] == UInt8(ascii: "u")
        else { return nil }
        position += 2
        guard let low = readHexDigits(), low & 0xFC00 == 0xDC00 else { return nil }
        return Unicode.Scalar(0x10000 + (unit & 0x3FF) << 10 + low & 0x3FF)
    }

    private mutating func readHexDigits() -> UInt32? {
        guard position + 4 <= bytes.count else { return nil }
        var unit: UInt32 = 0
        for _ in 0..<4 {
            guard let digit = ASCII.hexDigit(bytes[position]) else { return nil }
            unit = unit << 4 | digit
            position += 1
        }
        return unit
    }
}
