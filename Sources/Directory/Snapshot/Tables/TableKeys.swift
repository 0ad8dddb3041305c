extension KeyDigest: TableKey {
    /// Whoever could choose digests could choose their secrets' places in the table; nobody can.
    var tableHash: UInt64 { randomBits }
}

extension ResourceID: TableKey {
    /// Random ids need no more than spreading; ids chosen by hand differ in few bits (the finalizer of MurmurHash3).
    var tableHash: UInt64 {
        var hash = upper ^ (lower &* 0x9E37_79B9_7F4A_7C15)
        hash ^= hash >> 33
        hash &*= 0xFF51_AFD7_ED55_8CCD
        hash ^= hash >> 33
        hash &*= 0xC4CE_B9FE_1A85_EC53
        return hash ^ hash >> 33
    }
}

/// A company's domain: strings from outside, hashed with this process's own seed so that nobody can make them collide.
struct DomainKey: TableKey {
    let domain: String

    var tableHash: UInt64 {
        var hasher = Hasher()
        hasher.combine(utf8: domain)
        return UInt64(bitPattern: Int64(hasher.finalize()))
    }
}

/// A command's name in a company. Both are hashed as bytes: they were normalized when they were stored.
struct RouteKey: TableKey {
    let company: String
    let command: String
    /// Half of a hash: enough to tell a million commands apart nearly always.
    let hash: UInt32

    init(company: String, command: String) {
        var hasher = Hasher()
        hasher.combine(utf8: company)
        hasher.combine(utf8: command)
        self.init(company: company, command: command, hash: UInt32(truncatingIfNeeded: hasher.finalize()))
    }

    init(company: String, command: String, hash: UInt32) {
        self.company = company
        self.command = command
        self.hash = hash
    }

    var tableHash: UInt64 { Self.spread(hash) }

    /// All 64 bits of it, for the table takes the shard from one end and the slot from the other.
    static func spread(_ hash: UInt32) -> UInt64 { UInt64(hash) &* 0x9E37_79B9_7F4A_7C15 }
}

extension Hasher {
    /// The bytes of a string. Swift's own hashing normalizes first, which costs ten times as much for Hangul.
    fileprivate mutating func combine(utf8 text: String) {
        var text = text
        text.withUTF8 { combine(bytes: UnsafeRawBufferPointer($0)) }
        combine(UInt8(0xFF))
    }
}
