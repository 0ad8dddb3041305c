/// The id of a bot, a member or a key: `bot_`, `mem_` or `key_` and up to 20 base62 characters, in 16 bytes.
///
/// A million bots with their keys hold three million ids in memory, and as strings those would be the larger half of
/// it. So the snapshot holds ids packed and spells them when somebody reads them. The `_` may stand among the
/// characters, and the prefix may be missing, so that ids chosen by hand (`demo_room`) work as well.
public struct ResourceID: Sendable, Hashable {
    /// What an id begins with; the raw value is how it is packed.
    public enum Prefix: UInt64, Sendable, CaseIterable {
        case none = 0
        case bot, member, key

        fileprivate var text: StaticString {
            switch self {
            case .none: ""
            case .bot: "bot_"
            case .member: "mem_"
            case .key: "key_"
            }
        }
    }

    /// The prefix in the upper four bits, then ten characters of six bits each.
    let upper: UInt64
    /// Ten characters in the lower 60 bits. A character is 0 after the end, 1 to 62 for base62, 63 for `_`.
    let lower: UInt64

    /// The most characters after the prefix.
    private static let maximumCharacters = 20
    private static let charactersPerWord = 10
    private static let underscore: UInt64 = 63

    /// No id at all, for packed storage: no text reads as it.
    static let absent = ResourceID(upper: 0, lower: 0)

    private init(upper: UInt64, lower: UInt64) {
        self.upper = upper
        self.lower = lower
    }

    /// Nil when the text is no id: empty or too long, or with other characters.
    public init?(_ text: String) {
        var text = text
        guard let id = text.withUTF8({ ResourceID(utf8: UnsafeRawBufferPointer($0)) }) else { return nil }
        self = id
    }

    /// Reads an id where it lies; nil as for ``init(_:)``.
    public init?(utf8: UnsafeRawBufferPointer) {
        let prefix = Prefix(of: utf8)
        let start = prefix.text.utf8CodeUnitCount
        let count = utf8.count - start
        guard count > 0, count <= Self.maximumCharacters,
            let upper = Self.pack(utf8, from: start, to: start + min(count, Self.charactersPerWord)),
            let lower = Self.pack(utf8, from: start + Self.charactersPerWord, to: start + count)
        else { return nil }
        self.upper = prefix.rawValue << 60 | upper
        self.lower = lower
    }

    /// A new id with 20 random characters: 119 bits, so that two are never the same.
    public static func random(_ prefix: Prefix) -> ResourceID {
        let bytes = prefix.bytes + Base62.random(count: maximumCharacters)
        guard let id = bytes.withUnsafeBytes({ ResourceID(utf8: $0) }) else {
            preconditionFailure("random base62 characters always make an id")
        }
        return id
    }

    /// What the id begins with.
    public var prefix: Prefix { Prefix(rawValue: upper >> 60) ?? .none }

    /// The id as people and MongoDB see it. Makes a string on the heap: what counts nanoseconds uses ``withUTF8(_:)``.
    public var text: String {
        withUTF8 { String(decoding: $0, as: UTF8.self) }
    }

    /// Lends the id's characters on the stack; the pointer dies with the closure.
    public func withUTF8<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        try withUnsafeTemporaryAllocation(byteCount: Self.maximumCharacters + 4, alignment: 1) { buffer in
            var count = 0
            let prefix = prefix.text
            for index in 0..<prefix.utf8CodeUnitCount {
                buffer[index] = prefix.utf8Start[index]
                count += 1
            }
            for position in 0..<Self.maximumCharacters {
                let word = position < Self.charactersPerWord ? upper : lower
                let shift = UInt64(6 * (Self.charactersPerWord - 1 - position % Self.charactersPerWord))
                let packed = word >> shift & 63
                if packed == 0 { break }
                buffer[count] = packed == Self.underscore ? UInt8(ascii: "_") : Base62.digits[Int(packed) - 1]
                count += 1
            }
            return try body(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        }
    }

    /// Up to ten characters, the first one uppermost; 0 when there are none. Nil when one is not allowed.
    private static func pack(_ utf8: UnsafeRawBufferPointer, from start: Int, to end: Int) -> UInt64? {
        var word: UInt64 = 0
        var shift = UInt64(6 * charactersPerWord)
        var index = start
        while index < end {
            let byte = utf8[index]
            shift -= 6
            if byte == UInt8(ascii: "_") {
                word |= underscore << shift
            } else if let value = Base62.value(of: byte) {
                word |= (UInt64(value) + 1) << shift
            } else {
                return nil
            }
            index += 1
        }
        return word
    }
}

extension ResourceID.Prefix {
    /// The prefix of a text; `none` when it has none of ours.
    fileprivate init(of utf8: UnsafeRawBufferPointer) {
        guard utf8.count > 4, utf8[3] == UInt8(ascii: "_") else {
            self = .none
            return
        }
        switch (utf8[0], utf8[1], utf8[2]) {
        case (UInt8(ascii: "b"), UInt8(ascii: "o"), UInt8(ascii: "t")): self = .bot
        case (UInt8(ascii: "m"), UInt8(ascii: "e"), UInt8(ascii: "m")): self = .member
        case (UInt8(ascii: "k"), UInt8(ascii: "e"), UInt8(ascii: "y")): self = .key
        default: self = .none
        }
    }

    fileprivate var bytes: [UInt8] {
        Array(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }
}

extension ResourceID: CustomStringConvertible {
    public var description: String { text }
}

extension ResourceID: ExpressibleByStringLiteral {
    /// For ids written in code; traps when the literal is no id.
    public init(stringLiteral value: String) {
        guard let id = ResourceID(value) else {
            preconditionFailure("\(value.debugDescription) is no id: up to 20 base62 characters or _ after the prefix")
        }
        self = id
    }
}
