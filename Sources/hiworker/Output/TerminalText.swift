/// Text of others on a terminal: names, replies and errors that a server sent.
enum TerminalText {
    /// The text with control characters made visible, since they could move the cursor or recolour what stands around:
    /// `\u{1b}` for an escape. Line breaks and tabs stay when `keepingLines` says so.
    static func safe(_ text: String, keepingLines: Bool = false) -> String {
        guard text.unicodeScalars.contains(where: isControl) else { return text }
        var safe = ""
        for scalar in text.unicodeScalars {
            if !isControl(scalar) || keepingLines && (scalar == "\n" || scalar == "\t") {
                safe.unicodeScalars.append(scalar)
            } else {
                safe += "\\u{\(String(scalar.value, radix: 16))}"
            }
        }
        return safe
    }

    /// Columns that the text takes in a terminal: two for Hangul, Han, Kana, full-width forms and emoji.
    static func width(_ text: String) -> Int {
        text.reduce(0) { width, character in
            guard let scalar = character.unicodeScalars.first else { return width }
            return width + (isWide(scalar) || character.unicodeScalars.contains("\u{fe0f}") ? 2 : 1)
        }
    }

    /// C0, C1 and the marks that turn the direction of writing around.
    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x00...0x1f, 0x7f...0x9f, 0x200e...0x200f, 0x202a...0x202e, 0x2066...0x2069: true
        default: false
        }
    }

    /// East Asian Width W and F (Unicode Standard Annex 11), by block.
    private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x1100...0x115f, 0x2e80...0x303e, 0x3041...0xa4cf, 0xa960...0xa97c, 0xac00...0xd7a3, 0xf900...0xfaff,
            0xfe30...0xfe6f, 0xff01...0xff60, 0xffe0...0xffe6, 0x1f300...0x1f64f, 0x1f680...0x1f6ff, 0x1f900...0x1f9ff,
            0x20000...0x3fffd:
            true
        default:
            false
        }
    }
}
