extension Language {
    /// The language that a reader asks for (RFC 9110, section 12.5.4): of those we speak the one of the highest weight,
    /// the first named among equals. English when the header is absent or names none of ours.
    ///
    /// A range counts by its first subtag, `ko-KR` as Korean. `*` stands for every language not named. What is malformed
    /// is passed over.
    public init(acceptLanguage header: String?) {
        guard var header else {
            self = .english
            return
        }
        self = header.withUTF8 { Language(acceptLanguage: UnsafeRawBufferPointer($0)) }
    }

    /// The same from the header's bytes; allocates nothing.
    public init(acceptLanguage bytes: UnsafeRawBufferPointer) {
        var weights = Weights()
        var start = bytes.startIndex
        while start < bytes.endIndex {
            let end = bytes[start...].firstIndex(of: UInt8(ascii: ",")) ?? bytes.endIndex
            weights.read(bytes[start..<end])
            start = end + 1
        }
        self = weights.best
    }
}

/// What an `Accept-Language` header says of each of our languages. Weights are thousandths; nil is not named.
private struct Weights {
    var korean: Int?
    var english: Int?
    var any: Int?
    var koreanFirst = false

    var best: Language {
        let korean = korean ?? any ?? 0
        let english = english ?? any ?? 0
        if korean == english { return koreanFirst && korean > 0 ? .korean : .english }
        return korean > english ? .korean : .english
    }

    /// Reads one element, `ko-KR;q=0.8`.
    mutating func read(_ element: Slice<UnsafeRawBufferPointer>) {
        let semicolon = element.firstIndex(of: UInt8(ascii: ";")) ?? element.endIndex
        let tag = trimmed(element[..<semicolon])
        guard let weight = semicolon < element.endIndex ? Self.weight(trimmed(element[(semicolon + 1)...])) : 1000
        else {
            return
        }
        switch Self.primary(tag) {
        case .korean?:
            if english == nil && korean == nil { koreanFirst = true }
            korean = max(korean ?? 0, weight)
        case .english?:
            english = max(english ?? 0, weight)
        case nil:
            if tag.elementsEqual(CollectionOfOne(UInt8(ascii: "*"))) { any = weight }
        }
    }

    private static func primary(_ tag: Slice<UnsafeRawBufferPointer>) -> Language? {
        guard tag.count == 2 || (tag.count > 2 && tag[tag.startIndex + 2] == UInt8(ascii: "-")) else { return nil }
        switch (tag[tag.startIndex] | 0x20, tag[tag.startIndex + 1] | 0x20) {
        case (UInt8(ascii: "k"), UInt8(ascii: "o")): return .korean
        case (UInt8(ascii: "e"), UInt8(ascii: "n")): return .english
        default: return nil
        }
    }

    /// `q=0.8` in thousandths; nil when it is no weight.
    private static func weight(_ parameter: Slice<UnsafeRawBufferPointer>) -> Int? {
        guard parameter.count >= 3, parameter.count <= 7, parameter[parameter.startIndex] | 0x20 == UInt8(ascii: "q"),
            parameter[parameter.startIndex + 1] == UInt8(ascii: "=")
        else { return nil }
        var weight = 0
        var unit = 1000
        for (position, byte) in parameter.dropFirst(2).enumerated() {
            if position == 1 {
                guard byte == UInt8(ascii: ".") else { return nil }
                continue
            }
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
            weight += Int(byte - UInt8(ascii: "0")) * unit
            unit /= 10
        }
        return weight <= 1000 ? weight : nil
    }

    private func trimmed(_ bytes: Slice<UnsafeRawBufferPointer>) -> Slice<UnsafeRawBufferPointer> {
        let isBlank = { (byte: UInt8) in byte == 0x20 || byte == 0x09 }
        var bytes = bytes
        while let first = bytes.first, isBlank(first) { bytes = bytes.dropFirst() }
        while let last = bytes.last, isBlank(last) { bytes = bytes.dropLast() }
        return bytes
    }
}
