extension JSON {
    /// The value as JSON without white space, members in their order: the same value gives the same bytes.
    public var bytes: [UInt8] {
        var bytes: [UInt8] = []
        write(into: &bytes)
        return bytes
    }

    /// The same as a string.
    public var text: String {
        String(decoding: bytes, as: UTF8.self)
    }

    /// Appends the value as JSON. Strings escape only what they must, doubles print their shortest exact form.
    public func write(into bytes: inout [UInt8]) {
        switch self {
        case .null: bytes.append(ascii: "null")
        case .bool(true): bytes.append(ascii: "true")
        case .bool(false): bytes.append(ascii: "false")
        case .integer(let value): bytes.append(contentsOf: String(value).utf8)
        case .number(let value) where value.isFinite: bytes.append(contentsOf: value.description.utf8)
        case .number: bytes.append(ascii: "null")
        case .string(let value): bytes.append(jsonString: value)
        case .array(let values):
            bytes.append(UInt8(ascii: "["))
            for (index, value) in values.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                value.write(into: &bytes)
            }
            bytes.append(UInt8(ascii: "]"))
        case .object(let object): object.write(into: &bytes)
        }
    }
}

extension JSON.Object {
    /// Appends the object as JSON.
    public func write(into bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "{"))
        var isFirst = true
        for (key, value) in self {
            if !isFirst { bytes.append(UInt8(ascii: ",")) }
            isFirst = false
            bytes.append(jsonString: key)
            bytes.append(UInt8(ascii: ":"))
            value.write(into: &bytes)
        }
        bytes.append(UInt8(ascii: "}"))
    }
}

extension [UInt8] {
    fileprivate mutating func append(ascii word: StaticString) {
        append(contentsOf: UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
    }

    /// Appends a string in quotes. What needs no escape between two escapes is copied in one go.
    fileprivate mutating func append(jsonString string: String) {
        var string = string
        append(UInt8(ascii: "\""))
        string.withUTF8 { utf8 in
            var pieceStart = 0
            for (index, byte) in utf8.enumerated()
            where byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
                append(contentsOf: utf8[pieceStart..<index])
                append(escapeOf: byte)
                pieceStart = index + 1
            }
            append(contentsOf: utf8[pieceStart...])
        }
        append(UInt8(ascii: "\""))
    }

    private mutating func append(escapeOf byte: UInt8) {
        append(UInt8(ascii: "\\"))
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): append(byte)
        case 0x08: append(UInt8(ascii: "b"))
        case 0x09: append(UInt8(ascii: "t"))
        case 0x0A: append(UInt8(ascii: "n"))
        case 0x0C: append(UInt8(ascii: "f"))
        case 0x0D: append(UInt8(ascii: "r"))
        default:
            append(ascii: "u00")
            append(hexadecimalDigit(byte >> 4))
            append(hexadecimalDigit(byte & 15))
        }
    }
}
