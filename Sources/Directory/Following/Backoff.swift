/// How long to wait before the next attempt: 100 ms at first, then twice as long each time up to 2 s, half of it by
/// chance so that many processes do not come back at once.
struct Backoff {
    private var ceiling = Self.first
    private static let first = 0.1
    private static let last = 2.0

    mutating func next() -> Duration {
        defer { ceiling = min(ceiling * 2, Self.last) }
        return .seconds(Double.random(in: ceiling / 2...ceiling))
    }

    mutating func reset() {
        ceiling = Self.first
    }
}
