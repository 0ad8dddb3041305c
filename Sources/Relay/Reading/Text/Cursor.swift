/// A place in plain bytes from which a value is read, step by step. What does not fit leaves it where it was. It lives no
/// longer than the bytes that are lent to it.
struct Cursor {
    private let bytes: UnsafeBufferPointer<UInt8>
    private(set) var position = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
    }

    var isAtEnd: Bool { position == bytes.count }

    /// The byte here; nil at the end.
    var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    /// Takes the byte here if it is this one.
    mutating func take(_ byte: UInt8) -> Bool {
        guard next == byte else { return false }
        position += 1
        return true
    }

    /// Takes these letters, blind to the case of ASCII ones. The literal is written in lower case.
    mutating func take(_ literal: StaticString) -> Bool {
        let count = literal.utf8CodeUnitCount
        guard bytes.count - position >= count else { return false }
        for offset in 0..<count where bytes[position + offset].lowercased != literal.utf8Start[offset] { return false }
        position += count
        return true
    }

    /// Takes the first of these that stands here.
    mutating func take(anyOf literals: [StaticString]) -> Bool {
        literals.contains { take($0) }
    }

    mutating func skipBlanks() {
        while take(UInt8(ascii: " ")) {}
    }

    /// Takes all the digits here if they are as many as this, at most nine.
    mutating func takeNumber(digits allowed: ClosedRange<Int>) -> (value: Int, digits: Int)? {
        var value = 0
        var last = position
        while last < bytes.count, bytes[last].isDigit {
            guard last - position < allowed.upperBound else { return nil }
            value = value * 10 + Int(bytes[last] - UInt8(ascii: "0"))
            last += 1
        }
        let digits = last - position
        guard allowed.contains(digits) else { return nil }
        position = last
        return (value, digits)
    }

    /// What is left, without moving.
    var rest: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(rebasing: bytes[position...]) }

    /// What was taken since an earlier place, as text.
    func taken(since earlier: Cursor) -> String {
        String(decoding: bytes[earlier.position..<position], as: UTF8.self)
    }
}

extension UInt8 {
    var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }

    /// An ASCII capital as its small letter; every other byte as it is.
    var lowercased: UInt8 { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) ? self | 0x20 : self }
}
