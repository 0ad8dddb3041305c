extension Reason {
    /// Every reason there is.
    static let all: [Reason] = fields + declarations + tokens

    /// The reason with this code, if this version has it.
    public init?(code: String) {
        guard let reason = Self.byCode[code] else { return nil }
        self = reason
    }

    private static let byCode = Dictionary(uniqueKeysWithValues: all.map { ($0.code, $0) })
}
