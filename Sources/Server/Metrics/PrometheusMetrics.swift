package import CoreMetrics
import Synchronization

/// Counters and gauges of the process, and their text for Prometheus.
///
/// Labels of swift-metrics are the metric's name, dimensions its labels. Recorders that do not aggregate are gauges, all
/// others and timers show `_count` and `_sum`. Values are kept for the life of the process; names and labels come from the
/// code alone, so that their number is bounded.
package final class PrometheusMetrics: MetricsFactory {
    private let series = Mutex<[Series: PrometheusValue]>([:])

    private struct Series: Hashable, Comparable {
        let name: String
        let labels: String

        static func < (left: Series, right: Series) -> Bool {
            (left.name, left.labels) < (right.name, right.labels)
        }
    }

    /// The process's own, which `MetricsSystem` hands everything to.
    package static let shared: PrometheusMetrics = {
        let metrics = PrometheusMetrics()
        MetricsSystem.bootstrap(metrics)
        return metrics
    }()

    init() {}

    package func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        value(label, dimensions, .counter)
    }

    package func makeRecorder(
        label: String,
        dimensions: [(String, String)],
        aggregate: Bool
    ) -> any RecorderHandler {
        value(label, dimensions, aggregate ? .summary : .gauge)
    }

    package func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        value(label, dimensions, .summary)
    }

    package func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        value(label, dimensions, .gauge)
    }

    package func destroyCounter(_ handler: any CounterHandler) {}
    package func destroyRecorder(_ handler: any RecorderHandler) {}
    package func destroyTimer(_ handler: any TimerHandler) {}
    package func destroyMeter(_ handler: any MeterHandler) {}

    private func value(
        _ name: String,
        _ dimensions: [(String, String)],
        _ kind: PrometheusValue.Kind
    ) -> PrometheusValue {
        let labels = dimensions.map { "\($0)=\"\(Self.escaped($1))\"" }.joined(separator: ",")
        return series.withLock { series in
            let key = Series(name: name, labels: labels)
            if let value = series[key] { return value }
            let value = PrometheusValue(kind)
            series[key] = value
            return value
        }
    }

    private static func escaped(_ value: String) -> String {
        value.unicodeScalars.reduce(into: "") { text, scalar in
            switch scalar {
            case "\"", "\\": text += "\\\(scalar)"
            case "\n": text += "\\n"
            default: text.unicodeScalars.append(scalar)
            }
        }
    }

    /// All of them in Prometheus' text format, version 0.0.4.
    package func text() -> String {
        var text = ""
        var described: Set<String> = []
        for (series, value) in series.withLock({ $0.sorted { $0.key < $1.key } }) {
            if described.insert(series.name).inserted { text += "# TYPE \(series.name) \(value.kind.rawValue)\n" }
            let labels = series.labels.isEmpty ? "" : "{\(series.labels)}"
            let (count, sum) = value.read()
            if value.kind == .summary {
                text += "\(series.name)_count\(labels) \(count)\n\(series.name)_sum\(labels) \(sum)\n"
            } else {
                text += "\(series.name)\(labels) \(Self.plain(sum))\n"
            }
        }
        return text
    }

    private static func plain(_ value: Double) -> String {
        Int64(exactly: value).map(String.init) ?? String(value)
    }
}
