/// What one character of a text counts as when a command or a value is read from it.
///
/// Phones and word processors replace what people type: quotes become typographic, a Korean or Japanese keyboard in wide
/// mode writes `／` and `１０：００`, a copied line brings no-break spaces and invisible marks along. All of these read
/// like the ASCII character that was meant. A `text` value is delivered as typed and is never rewritten.
enum PlainForm: Equatable {
    /// Stands for itself.
    case itself
    /// White space: ends a word.
    case blank
    /// Invisible: counts as if it were not there.
    case nothing
    /// Counts as this ASCII character.
    case ascii(UInt8)

    init(_ scalar: UInt32) {
        switch scalar {
        case 0xAC00...0xD7A3:  // Hangul syllables: most of what comes here
            self = .itself
        case 0x09...0x0D, 0x20, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000:
            self = .blank
        case 0xAD, 0x200B, 0x200E, 0x200F, 0x202A...0x202E, 0x2060, 0x2066...0x2069, 0xFEFF:
            // Soft hyphen, zero-width space, direction marks, word joiner, byte order mark. The zero-width joiners stay:
            // they are part of words in some scripts and of emoji.
            self = .nothing
        case 0xAB, 0xBB, 0x201C...0x201F:  // « » “ ” „ ‟
            self = .ascii(UInt8(ascii: "\""))
        case 0x2018...0x201B:  // ‘ ’ ‚ ‛
            self = .ascii(UInt8(ascii: "'"))
        case 0x2010...0x2015, 0x2212:  // hyphens, dashes, minus
            self = .ascii(UInt8(ascii: "-"))
        case 0x223C, 0x301C:  // ∼ 〜
            self = .ascii(UInt8(ascii: "~"))
        case 0xFF01...0xFF5E:  // full-width ASCII, ／ and ～ among it
            self = .ascii(UInt8(truncatingIfNeeded: scalar - 0xFEE0))
        default:
            self = .itself
        }
    }
}
