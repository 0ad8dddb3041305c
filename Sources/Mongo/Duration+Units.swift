extension Duration {
    /// Such as `4.5 seconds`.
    var inSeconds: String {
        let (seconds, attoseconds) = components
        let tenths = attoseconds / 100_000_000_000_000_000
        return tenths == 0 ? "\(seconds) seconds" : "\(seconds).\(tenths) seconds"
    }

    /// Whole milliseconds, as libmongoc and the server count them.
    var inMilliseconds: Int64 {
        let (seconds, attoseconds) = components
        return seconds * 1000 + attoseconds / 1_000_000_000_000_000
    }
}
