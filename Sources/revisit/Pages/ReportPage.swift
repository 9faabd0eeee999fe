internal import FollowUp

/// The weekly Fixed Ops report as text.
struct ReportPage {
    let report: FixedOpsReport
    /// "Demo Motors: Northgate Motors, Hillside Auto".
    let title: String
    /// Display names by rooftop id.
    let names: [String: String]
    let failures: [CountedFailure]

    var text: String {
        ([heading, revenue, funnel, benchmarks, splits, monthly] + (failures.isEmpty ? [] : [scripts]))
            .joined(separator: "\n\n") + "\n"
    }

    private var heading: String {
        let week = report.week
        return "FIXED OPS WEEKLY REPORT  ·  \(title)\n\(week.startsOn.words) to \(report.asOf.words), \(report.asOf.year)"
    }

    private var revenue: String {
        let week = report.week
        return """
            This week
              \(Columns.left("Revenue from follow-up, closed repair orders", 46))\(Columns.right(Columns.dollars(week.closed.cents), 12))   \(Columns.count(week.closed.items, "item"))
              \(Columns.left("Booked and not closed yet", 46))\(Columns.right("counts $0", 12))   \(Columns.count(week.bookedUnclosedItems, "item"))
            """
    }

    private var funnel: String {
        let funnel = report.funnel
        let stages: [(String, ItemCount, String)] = [
            ("Declined", funnel.declined, "estimates"), ("Contacted", funnel.contacted, "estimates"),
            ("Replied", funnel.replied, "estimates"), ("Booked", funnel.booked, "estimates"),
            ("Closed by follow-up", funnel.closed, "from repair orders"),
        ]
        let lines = stages.map { name, count, of in
            "  \(Columns.left(name, 22))\(Columns.right(String(count.items), 8))\(Columns.right(Columns.dollars(count.cents), 16))   \(of)"
        }
        return ([Columns.left("How far declined work came", 27) + Columns.right("items", 5) + Columns.right("dollars", 16)] + lines)
            .joined(separator: "\n")
    }

    private var benchmarks: String {
        let lines = report.tierRates.map { rate in
            let actual = rate.rate.map { Columns.percent($0) } ?? "–"
            let matured = rate.matured == 0 ? "none matured yet" : "\(rate.closed) of \(rate.matured) matured"
            let immature = rate.immature == 0 ? "" : "   \(Columns.count(rate.immature, "item")) not mature yet: left out"
            let benchmark = "\(rate.benchmarkPercent.lowerBound)–\(rate.benchmarkPercent.upperBound) % in \(rate.windowDays) days"
            return "  \(Columns.left(Self.name(rate.tier), 14))\(Columns.right(actual, 8))   \(Columns.left(matured, 22))\(Columns.left(benchmark, 20))\(immature)"
        }
        return (["Closed by follow-up, beside the industry's benchmark"] + lines
            + ["  Without a system under \(TierRate.baselinePercentBelow) % of declined work comes back."]).joined(separator: "\n")
    }

    private var splits: String {
        func part<Key>(_ title: String, _ parts: [ConversionSplit<Key>], _ name: (Key) -> String) -> [String] {
            let total = parts.reduce((ItemCount.zero, ItemCount.zero)) { ($0.0 + $1.contacted, $0.1 + $1.closed) }
            let rows = parts.map { (name: $0.key.map(name) ?? "unknown", contacted: $0.contacted, closed: $0.closed) }
            return ["  \(title)"] + (rows + [(name: "total", contacted: total.0, closed: total.1)]).map { row in
                "    \(Columns.left(row.name, 12))\(Columns.right(String(row.contacted.items), 8)) contacted\(Columns.right(String(row.closed.items), 6)) closed\(Columns.right(Columns.dollars(row.closed.cents), 14))"
            }
        }
        return (["Where it came from"] + part("by last touch", report.byTouch) { $0.rawValue } + part("by tier", report.byTier, Self.name)
            + part("by channel", report.byChannel) { Self.name($0) }).joined(separator: "\n")
    }

    private var monthly: String {
        let lines = report.monthly.map { row in
            let owner: String =
                switch row.owner {
                case .rooftop(let id): names[id] ?? id
                case .group(let name): name + " (group)"
                }
            return "  \(row.month)  \(Columns.left(owner, 30))\(Columns.right(Columns.dollars(row.recovered.cents), 14))   \(Columns.count(row.recovered.items, "item"))"
        }
        return (["Closed repair-order revenue by month"] + (lines.isEmpty ? ["  none yet"] : lines)).joined(separator: "\n")
    }

    private var scripts: String {
        let lines = failures.map { "  \($0.rooftop)  \($0.failure.function), \(Columns.count($0.count, "time")): \($0.failure.reason)" }
        return (["Scripts that failed (the standard wording went out instead)"] + lines).joined(separator: "\n")
    }

    static func name(_ tier: Tier) -> String {
        switch tier {
        case .low: "low-dollar"
        case .mid: "mid-dollar"
        case .high: "high-dollar"
        }
    }

    static func name(_ channel: ContactChannel) -> String {
        switch channel {
        case .sms: "text"
        case .email: "e-mail"
        case .call: "call"
        }
    }
}
