/// Cuts a text into the words of a ``TypedText``. It lives no longer than the bytes that are lent to it.
struct WordCutter {
    private(set) var plain: [UInt8] = []
    private(set) var words: [TypedText.Word] = []
    private let typed: UnsafeBufferPointer<UInt8>
    private var position = 0
    /// Up to where ``typed`` is in ``plain`` already, or replaced there.
    private var flushed = 0

    /// Takes valid UTF-8 in normalization form C.
    init(_ typed: UnsafeBufferPointer<UInt8>) {
        self.typed = typed
        plain.reserveCapacity(typed.count)
        words.reserveCapacity(8)
    }

    mutating func cut() {
        while skipToWord() {
            if !words.isEmpty { plain.append(UInt8(ascii: " ")) }
            flushed = position
            if let quote = quote(at: position) {
                cutQuoted(by: quote.kind, width: quote.width)
            } else {
                cutPlain()
            }
        }
    }

    /// Moves over white space and invisible characters; false at the end of the text.
    private mutating func skipToWord() -> Bool {
        while position < typed.count {
            let (form, width) = character(at: position)
            guard form == .blank || form == .nothing else { return true }
            position += width
        }
        return false
    }

    private mutating func cutPlain() {
        let (start, plainStart) = (position, plain.count)
        while position < typed.count {
            let (form, width) = character(at: position)
            if form == .blank { break }
            pass(form, width)
        }
        append(start..<position, start..<position, plainStart, .none)
    }

    private mutating func cutQuoted(by kind: UInt8, width openingWidth: Int) {
        let (start, plainStart) = (position, plain.count)
        position += openingWidth
        flushed = position
        let contentStart = position
        var contentEnd = position
        while position < typed.count {
            if let quote = quote(at: position), quote.kind == kind, endsWord(at: position + quote.width) {
                let content = contentStart..<position
                append(start..<position + quote.width, content, plainStart, .quoted)
                position += quote.width
                return
            }
            let (form, width) = character(at: position)
            pass(form, width)
            if form != .blank { contentEnd = position }
        }
        append(start..<contentEnd, contentStart..<contentEnd, plainStart, .unclosed)
    }

    private mutating func append(
        _ place: Range<Int>,
        _ content: Range<Int>,
        _ plainStart: Int,
        _ quoting: TypedText.Quoting
    ) {
        flush()
        words.append(
            TypedText.Word(place: place, content: content, plain: plainStart..<plain.count, quoting: quoting)
        )
    }

    /// Moves over a character and sees to its plain form.
    private mutating func pass(_ form: PlainForm, _ width: Int) {
        if form != .itself {
            flush()
            switch form {
            case .blank: plain.append(UInt8(ascii: " "))
            case .ascii(let byte): plain.append(byte)
            case .itself, .nothing: break
            }
            flushed = position + width
        }
        position += width
    }

    /// Copies what stands for itself.
    private mutating func flush() {
        plain.append(contentsOf: UnsafeBufferPointer(rebasing: typed[flushed..<position]))
        flushed = position
    }

    private func endsWord(at position: Int) -> Bool {
        var position = position
        while position < typed.count {
            let (form, width) = character(at: position)
            guard form == .nothing else { return form == .blank }
            position += width
        }
        return true
    }

    /// The quote at a position: its kind, `"` or `'`, and its width in bytes.
    private func quote(at position: Int) -> (kind: UInt8, width: Int)? {
        let (form, width) = character(at: position)
        let byte: UInt8
        switch form {
        case .itself: byte = typed[position]
        case .ascii(let plain): byte = plain
        case .blank, .nothing: return nil
        }
        return byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") ? (byte, width) : nil
    }

    private func character(at position: Int) -> (form: PlainForm, width: Int) {
        let byte = typed[position]
        if byte < 0x80 {
            return (byte == 0x20 || (0x09...0x0D).contains(byte) ? .blank : .itself, 1)
        }
        let scalar = UTF8Scalar(in: typed, at: position)
        return (PlainForm(scalar.value), scalar.width)
    }
}
