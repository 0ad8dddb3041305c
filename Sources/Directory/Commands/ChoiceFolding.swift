extension String {
    /// What a choice's values are compared by: normalization form C, lower case, no white space, so that `대회의실`
    /// finds `대 회의실`.
    package var choiceFolded: String {
        var folded = String.UnicodeScalarView()
        for scalar in normalizedC.lowercased().unicodeScalars where !scalar.properties.isWhitespace {
            folded.append(scalar)
        }
        return String(folded)
    }
}
