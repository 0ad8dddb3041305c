extension Int64 {
    /// A double without a fraction; nil for any other and for what 64 bits cannot hold.
    ///
    /// `Int64(exactly:)` does the same but calls `trunc` of the C maths library, which a program that imports nothing
    /// but the standard library is not linked with.
    init?(whole value: Double) {
        guard value >= -0x1p63, value < 0x1p63 else { return nil }
        let truncated = Int64(value)
        guard Double(truncated) == value else { return nil }
        self = truncated
    }
}
