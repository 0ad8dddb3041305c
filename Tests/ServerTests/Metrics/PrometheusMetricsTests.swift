import CoreMetrics
import Testing

@testable import Server

@Suite
struct `Metrics for Prometheus` {
    private let metrics = PrometheusMetrics()

    @Test
    func `are nothing before anything was counted`() {
        #expect(metrics.text() == "")
    }

    @Test
    func `are written by name and labels, each kind described once`() {
        let sent = Counter(label: "messages_total", dimensions: [("status", "sent")], factory: metrics)
        Counter(label: "messages_total", dimensions: [("status", "failed")], factory: metrics).increment()
        sent.increment(by: 41)
        sent.increment()
        Gauge(label: "queue", dimensions: [], factory: metrics).record(7)
        Meter(label: "level", dimensions: [("a", "1"), ("b", "2")], factory: metrics).set(1.5)
        Timer(label: "wait_seconds", dimensions: [], preferredDisplayUnit: .seconds, factory: metrics)
            .recordNanoseconds(1_500_000_000)
        let sizes = Recorder(label: "bytes", dimensions: [], aggregate: true, factory: metrics)
        sizes.record(2)
        sizes.record(0.5)
        #expect(
            metrics.text() == """
                # TYPE bytes summary
                bytes_count 2
                bytes_sum 2.5
                # TYPE level gauge
                level{a="1",b="2"} 1.5
                # TYPE messages_total counter
                messages_total{status="failed"} 1
                messages_total{status="sent"} 42
                # TYPE queue gauge
                queue 7
                # TYPE wait_seconds summary
                wait_seconds_count 1
                wait_seconds_sum 1.5

                """
        )
    }

    @Test
    func `are one series for one name and its labels`() {
        for _ in 0..<3 { Counter(label: "a_total", dimensions: [("x", "1")], factory: metrics).increment() }
        #expect(metrics.text() == "# TYPE a_total counter\na_total{x=\"1\"} 3\n")
    }

    @Test
    func `escape what would end a label`() {
        Counter(label: "a_total", dimensions: [("x", "a\"b\\c\nd\r\né")], factory: metrics).increment()
        #expect(metrics.text() == "# TYPE a_total counter\na_total{x=\"a\\\"b\\\\c\\nd\r\\né\"} 1\n")
    }

    @Test
    func `of a gauge are its present value`() {
        let gauge = Gauge(label: "queue", dimensions: [], factory: metrics)
        for value in [5, 9, 3] { gauge.record(value) }
        let meter = Meter(label: "level", dimensions: [], factory: metrics)
        meter.set(10)
        meter.increment(by: 2.5)
        meter.decrement(by: 1)
        #expect(metrics.text() == "# TYPE level gauge\nlevel 11.5\n# TYPE queue gauge\nqueue 3\n")
    }

    @Test
    func `are whole when many threads count`() async {
        let counter = Counter(label: "a_total", dimensions: [], factory: metrics)
        let meter = Meter(label: "level", dimensions: [], factory: metrics)
        await withTaskGroup { group in
            for _ in 0..<8 {
                group.addTask {
                    for _ in 0..<1000 {
                        counter.increment()
                        meter.increment(by: 0.5)
                    }
                }
            }
        }
        #expect(metrics.text() == "# TYPE a_total counter\na_total 8000\n# TYPE level gauge\nlevel 4000\n")
    }

    @Test
    func `of a counter that is reset begin anew`() {
        let counter = Counter(label: "a_total", dimensions: [], factory: metrics)
        counter.increment(by: 5)
        counter.reset()
        counter.increment()
        #expect(metrics.text() == "# TYPE a_total counter\na_total 1\n")
    }
}
