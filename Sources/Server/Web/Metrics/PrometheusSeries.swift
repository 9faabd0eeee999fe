internal import Metrics
internal import Synchronization

/// One series of a metric: its numbers under one set of labels.
protocol PrometheusSeries: AnyObject, Sendable {
    func write(_ name: String, _ labels: String, into text: inout String)
}

final class PrometheusCounter: PrometheusSeries, CounterHandler, FloatingPointCounterHandler {
    private let count = Mutex<(whole: Int64, part: Double)>((0, 0))

    /// A counter goes up only; it stops at the largest number.
    func increment(by amount: Int64) {
        guard amount > 0 else { return }
        count.withLock { count in
            let (sum, overflows) = count.whole.addingReportingOverflow(amount)
            count.whole = overflows ? .max : sum
        }
    }

    func increment(by amount: Double) {
        guard amount > 0, amount.isFinite else { return }
        count.withLock { $0.part += amount }
    }

    func reset() { count.withLock { $0 = (0, 0) } }

    func write(_ name: String, _ labels: String, into text: inout String) {
        let (whole, part) = count.withLock { $0 }
        text += "\(name)\(labels) \(part == 0 ? "\(whole)" : PrometheusText.number(Double(whole) + part))\n"
    }
}

final class PrometheusGauge: PrometheusSeries, RecorderHandler, MeterHandler {
    private let value = Mutex<Double>(0)

    func record(_ value: Int64) { set(Double(value)) }
    func record(_ value: Double) { set(value) }
    func set(_ value: Int64) { set(Double(value)) }
    func set(_ value: Double) { self.value.withLock { $0 = value } }
    func increment(by amount: Double) { value.withLock { $0 += amount } }
    func decrement(by amount: Double) { value.withLock { $0 -= amount } }

    func write(_ name: String, _ labels: String, into text: inout String) {
        text += "\(name)\(labels) \(PrometheusText.number(value.withLock { $0 }))\n"
    }
}

final class PrometheusHistogram: PrometheusSeries, TimerHandler, RecorderHandler {
    private struct Numbers {
        var inBucket: [Int64]
        var count: Int64 = 0
        var sum = 0.0
    }

    private let bounds: [Double]
    private let numbers: Mutex<Numbers>

    init(bounds: [Double]) {
        self.bounds = bounds
        numbers = Mutex(Numbers(inBucket: Array(repeating: 0, count: bounds.count)))
    }

    func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1e9) }
    func record(_ value: Int64) { record(Double(value)) }

    func record(_ value: Double) {
        guard !value.isNaN else { return }
        let bucket = bounds.firstIndex { value <= $0 }
        numbers.withLock { numbers in
            if let bucket { numbers.inBucket[bucket] += 1 }
            numbers.count += 1
            numbers.sum += value
        }
    }

    func write(_ name: String, _ labels: String, into text: inout String) {
        let (inBucket, count, sum) = numbers.withLock { ($0.inBucket, $0.count, $0.sum) }
        var below: Int64 = 0
        for (bound, more) in zip(bounds, inBucket) {
            below += more
            text += "\(name)_bucket\(PrometheusText.adding("le=\"\(PrometheusText.number(bound))\"", to: labels)) \(below)\n"
        }
        text += "\(name)_bucket\(PrometheusText.adding("le=\"+Inf\"", to: labels)) \(count)\n"
        text += "\(name)_sum\(labels) \(PrometheusText.number(sum))\n\(name)_count\(labels) \(count)\n"
    }
}
