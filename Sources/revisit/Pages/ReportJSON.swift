internal import FollowUp
internal import Foundation

/// The report for machines. Money is in cents, dates are ISO, rates are shares of 1 or null.
struct ReportJSON: Encodable {
    struct Count: Encodable {
        let items: Int
        let cents: Int

        init(_ count: ItemCount) {
            items = count.items
            cents = count.cents
        }
    }

    struct Rate: Encodable {
        let tier: String
        let matured: Int
        let closed: Int
        let immature: Int
        let rate: Double?
        let window_days: Int
        let benchmark_percent: [Int]
    }

    struct Split: Encodable {
        let key: String?
        let contacted: Count
        let closed: Count
    }

    struct Month: Encodable {
        let month: String
        let rooftop: String?
        let group: String?
        let recovered: Count
    }

    struct Failure: Encodable {
        let rooftop: String
        let function: String
        let reason: String
        let count: Int
    }

    let as_of: String
    let week_starts_on: String
    let week_closed: Count
    let booked_unclosed_items: Int
    let funnel: [String: Count]
    let tiers: [Rate]
    let baseline_percent_below: Int
    let by_touch: [Split]
    let by_tier: [Split]
    let by_channel: [Split]
    let monthly: [Month]
    let script_failures: [Failure]

    init(_ report: FixedOpsReport, _ failures: [CountedFailure]) {
        as_of = report.asOf.description
        week_starts_on = report.week.startsOn.description
        week_closed = Count(report.week.closed)
        booked_unclosed_items = report.week.bookedUnclosedItems
        funnel = [
            "declined": Count(report.funnel.declined), "contacted": Count(report.funnel.contacted),
            "replied": Count(report.funnel.replied), "booked": Count(report.funnel.booked), "closed": Count(report.funnel.closed),
        ]
        tiers = report.tierRates.map {
            Rate(
                tier: $0.tier.rawValue, matured: $0.matured, closed: $0.closed, immature: $0.immature, rate: $0.rate,
                window_days: $0.windowDays, benchmark_percent: [$0.benchmarkPercent.lowerBound, $0.benchmarkPercent.upperBound])
        }
        baseline_percent_below = TierRate.baselinePercentBelow
        by_touch = report.byTouch.map { Split(key: $0.key?.rawValue, contacted: Count($0.contacted), closed: Count($0.closed)) }
        by_tier = report.byTier.map { Split(key: $0.key?.rawValue, contacted: Count($0.contacted), closed: Count($0.closed)) }
        by_channel = report.byChannel.map { Split(key: $0.key?.rawValue, contacted: Count($0.contacted), closed: Count($0.closed)) }
        monthly = report.monthly.map { row in
            switch row.owner {
            case .rooftop(let id): Month(month: "\(row.month)", rooftop: id, group: nil, recovered: Count(row.recovered))
            case .group(let name): Month(month: "\(row.month)", rooftop: nil, group: name, recovered: Count(row.recovered))
            }
        }
        script_failures = failures.map {
            Failure(rooftop: $0.rooftop, function: $0.failure.function, reason: $0.failure.reason, count: $0.count)
        }
    }

    func text() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(self), as: UTF8.self) + "\n"
    }
}
