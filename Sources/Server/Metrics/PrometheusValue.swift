import CoreMetrics
import Synchronization

/// One time series: a count, a present value, or a count with a sum.
final class PrometheusValue: CounterHandler, RecorderHandler, TimerHandler, MeterHandler {
    enum Kind: String {
        case counter, gauge, summary
    }

    let kind: Kind
    /// For counters the count; else the bits of a `Double`: the present value, or the sum.
    private let bits = Atomic<UInt64>(0)
    private let count = Atomic<Int64>(0)

    init(_ kind: Kind) {
        self.kind = kind
    }

    /// How many values there were, and their sum or the present one.
    func read() -> (count: Int64, sum: Double) {
        let count = count.load(ordering: .relaxed)
        return (count, kind == .counter ? Double(count) : Double(bitPattern: bits.load(ordering: .relaxed)))
    }

    func increment(by amount: Int64) {
        count.add(amount, ordering: .relaxed)
    }

    func increment(by amount: Double) {
        change { $0 + amount }
    }

    func decrement(by amount: Double) {
        change { $0 - amount }
    }

    func reset() {
        count.store(0, ordering: .relaxed)
    }

    func record(_ value: Int64) {
        record(Double(value))
    }

    func record(_ value: Double) {
        count.add(1, ordering: .relaxed)
        if kind == .summary { change { $0 + value } } else { set(value) }
    }

    func set(_ value: Int64) {
        set(Double(value))
    }

    func set(_ value: Double) {
        bits.store(value.bitPattern, ordering: .relaxed)
    }

    func recordNanoseconds(_ duration: Int64) {
        record(Double(duration) / 1_000_000_000)
    }

    private func change(_ next: (Double) -> Double) {
        var seen = bits.load(ordering: .relaxed)
        while true {
            let result = bits.weakCompareExchange(
                expected: seen,
                desired: next(Double(bitPattern: seen)).bitPattern,
                ordering: .relaxed
            )
            if result.exchanged { return }
            seen = result.original
        }
    }
}
