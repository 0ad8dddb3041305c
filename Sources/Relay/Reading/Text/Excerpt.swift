/// The beginning of something that a person typed, short enough for a sentence.
enum Excerpt {
    /// Counted in Unicode scalars: a character can be as long as the text.
    private static let maximumScalars = 40

    static func of(_ text: String) -> String {
        let scalars = text.unicodeScalars
        guard let end = scalars.index(scalars.startIndex, offsetBy: maximumScalars, limitedBy: scalars.endIndex),
            end < scalars.endIndex
        else { return text }
        return String(scalars[..<end]) + "…"
    }
}
