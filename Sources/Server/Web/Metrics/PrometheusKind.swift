/// What a metric is to Prometheus.
enum PrometheusKind: Hashable {
    case counter, gauge, histogram
    /// A histogram in seconds.
    case timer

    var word: String {
        switch self {
        case .counter: "counter"
        case .gauge: "gauge"
        case .histogram, .timer: "histogram"
        }
    }

    /// Gives the metric's name with the ending of its kind.
    func named(_ base: String) -> String {
        switch self {
        case .counter: base.hasSuffix("_total") ? base : base + "_total"
        case .timer: base.hasSuffix("_seconds") ? base : base + "_seconds"
        case .gauge, .histogram: base
        }
    }

    /// Gives every name that a sample of the metric may have.
    func samples(of name: String) -> [String] {
        switch self {
        case .counter: [name, String(name.dropLast("_total".count))]
        case .gauge: [name]
        case .histogram, .timer: [name, name + "_bucket", name + "_sum", name + "_count"]
        }
    }
}
