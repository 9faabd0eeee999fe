internal import FollowUp

/// What a mapping makes of a file's columns, to read.
struct CoveragePage {
    let coverage: MappingCoverage

    var text: String {
        let parts = [
            section("Never read, though there is something in them", coverage.neverRead.map(source)),
            section("Always blank", coverage.alwaysBlank.map(label)),
            section("Read, but the same on every record", coverage.readButAlwaysTheSame.map(source)),
            section("Asked for by the mapping, and found in no record", coverage.neverFound),
            section(
                "Consent that reads one way on every record: is the column's polarity right?",
                coverage.oneWayConsents.map { "\($0.name)  is \($0.yes > 0 ? "yes" : "no") on all \($0.yes + $0.no) that have it" }),
            section("Never filled in the repair orders", coverage.neverFilled.map(\.name)),
        ].compactMap { $0 }
        let head = "\(Columns.count(coverage.records, "record")), \(Columns.count(coverage.repairOrders, "repair order"))\n"
        return head + (parts.isEmpty ? "Every column is read and varies, and every field is filled.\n" : "\n" + parts.joined(separator: "\n"))
    }

    private func section(_ title: String, _ lines: [String]) -> String? {
        lines.isEmpty ? nil : "\(title)\n" + lines.map { "  \($0)\n" }.joined()
    }

    private func label(_ source: MappingCoverage.Source) -> String {
        source.kind.map { "\($0): \(source.name)" } ?? source.name
    }

    private func source(_ source: MappingCoverage.Source) -> String {
        Columns.left(label(source), 40) + " filled on \(Columns.percent(Double(source.filled) / Double(max(source.present, 1))))"
    }
}

/// The same for machines.
struct CoverageDocument: Encodable {
    struct Source: Encodable {
        let record: String?
        let name: String
        let present, filled, read: Int
        let always_the_same: Bool
    }

    struct Canonical: Encodable {
        let name: String
        let filled: Int
        let reads_one_way: Bool
    }

    let schema = "revisit.coverage/1"
    let records, repair_orders: Int
    let source: [Source]
    let canonical: [Canonical]
    let never_found: [String]

    init(_ coverage: MappingCoverage) {
        records = coverage.records
        repair_orders = coverage.repairOrders
        source = coverage.sources.map {
            Source(record: $0.kind, name: $0.name, present: $0.present, filled: $0.filled, read: $0.read, always_the_same: $0.isAlwaysTheSame)
        }
        canonical = coverage.canonical.map { Canonical(name: $0.name, filled: $0.filled, reads_one_way: $0.readsOneWay) }
        never_found = coverage.neverFound
    }
}
