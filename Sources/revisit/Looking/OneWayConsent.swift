internal import FollowUp

/// Watches the two consents of a file's repair orders: one that reads one way on every record is a flag of the other polarity, or none.
struct OneWayConsent {
    private var counts = [(name: "customer.text_ok", yes: 0, no: 0), (name: "customer.email_ok", yes: 0, no: 0)]

    mutating func note(_ order: RepairOrder) {
        for (place, answer) in [order.customer.textOK, order.customer.emailOK].enumerated() {
            switch answer {
            case true?: counts[place].yes += 1
            case false?: counts[place].no += 1
            case nil: break
            }
        }
    }

    /// A line for each consent that reads one way.
    var warnings: [String] {
        counts.filter { $0.yes + $0.no >= MappingCoverage.recordsToJudge && ($0.yes == 0 || $0.no == 0) }.map {
            "warning: \($0.name) is \($0.yes > 0 ? "true" : "false") on all \($0.yes + $0.no) records that have it; is the column's polarity right? (consent.opt_in, consent.block_flag)"
        }
    }
}
