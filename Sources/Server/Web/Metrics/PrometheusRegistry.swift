public import Metrics
internal import Synchronization

/// Keeps what swift-metrics counts and writes it in Prometheus's text format, 0.0.4.
///
/// Counters end in `_total`, timers are histograms in seconds (`_seconds`), recorders that aggregate are histograms of their own numbers, other
/// recorders and meters are gauges. Labels are for kinds of things, never for a person, an address, a token or an id.
/// Source: https://prometheus.io/docs/instrumenting/exposition_formats/.
public final class PrometheusRegistry: MetricsFactory {
    /// The format's media type.
    public static let contentType = "text/plain; version=0.0.4; charset=utf-8"
    /// Series of one metric at most; what comes after them is counted together under `overflow="true"`.
    public static let seriesMost = 1000
    /// Upper bounds of a timer's buckets.
    static let secondsBounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60]
    /// Upper bounds of a recorder's buckets.
    static let numberBounds = [1.0, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 10_000, 100_000]

    private let state = Mutex(State())

    public init() {}

    public func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        series(label, .counter, dimensions) { PrometheusCounter() }
    }

    public func makeFloatingPointCounter(label: String, dimensions: [(String, String)]) -> any FloatingPointCounterHandler {
        series(label, .counter, dimensions) { PrometheusCounter() }
    }

    public func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        series(label, .gauge, dimensions) { PrometheusGauge() }
    }

    public func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
        aggregate
            ? series(label, .histogram, dimensions) { PrometheusHistogram(bounds: Self.numberBounds) }
            : series(label, .gauge, dimensions) { PrometheusGauge() }
    }

    public func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        series(label, .timer, dimensions) { PrometheusHistogram(bounds: Self.secondsBounds) }
    }

    public func destroyCounter(_ handler: any CounterHandler) { remove(handler) }
    public func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) { remove(handler) }
    public func destroyMeter(_ handler: any MeterHandler) { remove(handler) }
    public func destroyRecorder(_ handler: any RecorderHandler) { remove(handler) }
    public func destroyTimer(_ handler: any TimerHandler) { remove(handler) }

    /// Writes everything as it is now, metrics and series in order of their names.
    public func exposition() -> String {
        let families = state.withLock { $0.families.values.map { ($0.name, $0.kind, $0.series) } }
        var text = ""
        for (name, kind, series) in families.sorted(by: { $0.0 < $1.0 }) where !series.isEmpty {
            text += "# TYPE \(name) \(kind.word)\n"
            for (labels, one) in series.sorted(by: { $0.key < $1.key }) { one.write(name, labels, into: &text) }
        }
        return text
    }

    private func series<Series: PrometheusSeries>(
        _ label: String, _ kind: PrometheusKind, _ dimensions: [(String, String)], _ make: () -> Series
    ) -> Series {
        let labels = PrometheusText.labels(dimensions)
        return state.withLock { state in
            let key = FamilyKey(label: label, kind: kind)
            var family = state.families[key] ?? Family(name: state.freeName(label, kind), kind: kind)
            let isKept = family.series[labels] != nil || family.series.count < Self.seriesMost
            let place = isKept ? labels : PrometheusText.labels([("overflow", "true")])
            // A kind has one type of series: a meter and a recorder of the same name are the same gauge.
            let one = family.series[place] as? Series ?? make()
            family.series[place] = one
            state.families[key] = family
            return one
        }
    }

    private func remove(_ handler: AnyObject) {
        state.withLock { state in
            for (key, family) in state.families {
                for (labels, one) in family.series where one === handler { state.families[key]?.series[labels] = nil }
            }
        }
    }

    private struct FamilyKey: Hashable {
        let label: String
        let kind: PrometheusKind
    }

    private struct Family {
        let name: String
        let kind: PrometheusKind
        var series: [String: any PrometheusSeries] = [:]
    }

    private struct State {
        var families: [FamilyKey: Family] = [:]
        private var taken: Set<String> = []

        /// Two labels may come out as the same name, and a histogram has three: the later one gets a number.
        mutating func freeName(_ label: String, _ kind: PrometheusKind) -> String {
            let base = PrometheusText.name(label)
            var number = 1
            while true {
                let name = kind.named(number == 1 ? base : "\(base)_\(number)")
                let samples = kind.samples(of: name)
                if taken.isDisjoint(with: samples) {
                    taken.formUnion(samples)
                    return name
                }
                number += 1
            }
        }
    }
}
