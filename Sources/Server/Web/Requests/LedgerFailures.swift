internal import Logging
internal import Metrics

/// Notes that the ledger failed a request: the kind of error alone, as its words may quote what was to be stored.
struct LedgerFailures: Sendable {
    let metrics: PrometheusRegistry

    func note(_ error: any Error, at place: String, _ logger: Logger, id: String? = nil) {
        metrics.makeCounter(label: "web_ledger_failures", dimensions: [("place", place)]).increment(by: 1)
        var metadata: Logger.Metadata = ["place": "\(place)", "error": "\(type(of: error))"]
        if let id { metadata["id"] = "\(id)" }
        logger.error("the ledger failed", metadata: metadata)
    }
}
