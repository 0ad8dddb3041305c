/// A recursive descent over bytes that somebody lends. Every read is checked against the end.
struct JSONParser {
    let bytes: UnsafeRawBufferPointer
    /// The next byte to read.
    var offset = 0
    /// How many more arrays and objects may open.
    private var remainingDepth: Int
    private let maximumDepth: Int

    init(_ bytes: UnsafeRawBufferPointer, maximumDepth: Int) {
        self.bytes = bytes
        self.maximumDepth = maximumDepth
        remainingDepth = maximumDepth
    }

    /// The byte to read next; nil at the end.
    var current: UInt8? {
        offset < bytes.count ? bytes[offset] : nil
    }

    mutating func parse() throws(JSONError) -> JSON {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            throw JSONError(.byteOrderMark, at: 0, "there is a byte order mark; JSON begins without one")
        }
        skipWhiteSpace()
        guard offset < bytes.count else { throw JSONError(.empty, at: offset, "there is no value") }
        let value = try parseValue()
        skipWhiteSpace()
        guard offset == bytes.count else {
            throw JSONError(.trailingData, at: offset, "something follows the end of the value")
        }
        return value
    }

    private mutating func parseValue() throws(JSONError) -> JSON {
        guard let byte = current else { throw unexpected("a value") }
        switch byte {
        case UInt8(ascii: "{"): return .object(try parseObject())
        case UInt8(ascii: "["): return .array(try parseArray())
        case UInt8(ascii: "\""): return .string(try parseString())
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try parseNumber()
        case UInt8(ascii: "t"): return try parseLiteral("true", .bool(true))
        case UInt8(ascii: "f"): return try parseLiteral("false", .bool(false))
        case UInt8(ascii: "n"): return try parseLiteral("null", .null)
        default: throw unexpected("a value")
        }
    }

    private mutating func parseObject() throws(JSONError) -> JSON.Object {
        var object = JSON.Object()
        try open()
        if consume(UInt8(ascii: "}")) { return close(object) }
        while true {
            guard current == UInt8(ascii: "\"") else { throw unexpected("a name in double quotes") }
            let nameOffset = offset
            let name = try parseString()
            skipWhiteSpace()
            guard consume(UInt8(ascii: ":")) else { throw unexpected("a colon") }
            skipWhiteSpace()
            guard object.appendUnlessPresent(name, try parseValue()) else {
                throw JSONError(
                    .duplicateKey,
                    at: nameOffset,
                    "the name \"\(name.prefix(64))\" stands in its object a second time"
                )
            }
            skipWhiteSpace()
            if consume(UInt8(ascii: "}")) { return close(object) }
            guard consume(UInt8(ascii: ",")) else { throw unexpected("a comma or a closing brace") }
            skipWhiteSpace()
        }
    }

    private mutating func parseArray() throws(JSONError) -> [JSON] {
        var values: [JSON] = []
        try open()
        if consume(UInt8(ascii: "]")) { return close(values) }
        while true {
            values.append(try parseValue())
            skipWhiteSpace()
            if consume(UInt8(ascii: "]")) { return close(values) }
            guard consume(UInt8(ascii: ",")) else { throw unexpected("a comma or a closing bracket") }
            skipWhiteSpace()
        }
    }

    private mutating func parseLiteral(_ word: StaticString, _ value: JSON) throws(JSONError) -> JSON {
        let expected = UnsafeRawBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
        let rest = bytes[offset...]
        if rest.starts(with: expected) {
            offset += expected.count
            return value
        }
        if expected.starts(with: rest) {
            offset = bytes.count
            throw unexpected("the rest of \(word)")
        }
        throw JSONError(.invalidLiteral, at: offset, "there is a word other than true, false and null")
    }

    /// Steps into an array or an object.
    private mutating func open() throws(JSONError) {
        guard remainingDepth > 0 else {
            throw JSONError(.tooDeep, at: offset, "arrays and objects nest deeper than \(maximumDepth) levels")
        }
        remainingDepth -= 1
        offset += 1
        skipWhiteSpace()
    }

    private mutating func close<Value>(_ value: Value) -> Value {
        remainingDepth += 1
        return value
    }

    private mutating func consume(_ byte: UInt8) -> Bool {
        guard current == byte else { return false }
        offset += 1
        return true
    }

    private mutating func skipWhiteSpace() {
        while let byte = current, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
            offset += 1
        }
    }

    /// The error for whatever stands, or does not, where `expected` should.
    func unexpected(_ expected: String) -> JSONError {
        guard let byte = current else {
            return JSONError(.unexpectedEnd, at: offset, "the text ends where \(expected) is expected")
        }
        let found =
            (0x21...0x7E).contains(byte) ? "'\(Character(Unicode.Scalar(byte)))'" : "the byte 0x" + hexadecimal(byte)
        return JSONError(.unexpectedByte, at: offset, "there is \(found) where \(expected) is expected")
    }
}
