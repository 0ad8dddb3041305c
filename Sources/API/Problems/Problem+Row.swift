extension Problem {
    /// What the catalogue says of one code.
    struct Row: Sendable {
        /// The HTTP status it is sent with.
        let status: Int
        /// A few words that are the same for every occurrence.
        let title: Wording
        /// What happened and what to do next, in sentences with `{placeholders}`.
        let detail: Wording

        init(_ status: Int, _ title: (korean: String, english: String), korean: String, english: String) {
            self.status = status
            self.title = Wording(korean: title.korean, english: title.english)
            self.detail = Wording(korean: korean, english: english)
        }
    }
}
