import FollowUp
import Testing

@Suite struct FixedOpsReportTests {
    private func item(
        _ rooftop: String = "hillside", group: String? = "summit", tier: Tier = .mid, declinedOn: String = "2026-03-03",
        cents: Int? = 400_00, contactedOn: String? = nil, repliedOn: String? = nil, bookedOn: String? = nil,
        closedOn: String? = nil, recovered: Int = 0, last: TouchKind? = nil, channel: ContactChannel? = nil
    ) throws -> ReportItem {
        ReportItem(
            rooftop: rooftop, group: group, tier: tier, declinedOn: try Given.date(declinedOn), priceCents: cents,
            contactedOn: try contactedOn.map(Given.date), repliedOn: try repliedOn.map(Given.date),
            bookedOn: try bookedOn.map(Given.date), closedOn: try closedOn.map(Given.date), recoveredCents: recovered,
            lastTouchKind: last, channel: channel)
    }

    private func recovered(_ cents: Int, closedOn: String, _ rooftop: String = "hillside", group: String? = "summit") throws -> ReportItem {
        try item(rooftop, group: group, contactedOn: "2026-03-06", closedOn: closedOn, recovered: cents)
    }

    private func report(_ items: [ReportItem], asOf: String) throws -> FixedOpsReport {
        FixedOpsReport(items: items, asOf: try Given.date(asOf))
    }

    @Test("R32: the funnel counts each stage in items and dollars, the last in what repair orders brought")
    func funnel() throws {
        let items = try [
            item(cents: 100_00),
            item(cents: nil, contactedOn: "2026-03-06"),
            item(cents: 200_00, contactedOn: "2026-03-06", repliedOn: "2026-03-07"),
            item(cents: 400_00, contactedOn: "2026-03-06", repliedOn: "2026-03-07", bookedOn: "2026-03-07"),
            item(cents: 800_00, contactedOn: "2026-03-06", bookedOn: "2026-03-08", closedOn: "2026-03-12", recovered: 750_00),
        ]
        let funnel = try report(items, asOf: "2026-03-31").funnel
        #expect(funnel.declined == ItemCount(items: 5, cents: 1500_00))
        #expect(funnel.contacted == ItemCount(items: 4, cents: 1400_00))
        #expect(funnel.replied == ItemCount(items: 2, cents: 600_00))
        #expect(funnel.booked == ItemCount(items: 2, cents: 1200_00))
        #expect(funnel.closed == ItemCount(items: 1, cents: 750_00))
    }

    @Test("R32: what happens after the report's day isn't known yet")
    func asOf() throws {
        let items = try [
            item(contactedOn: "2026-03-06", repliedOn: "2026-03-07", bookedOn: "2026-03-09", closedOn: "2026-03-12", recovered: 350_00),
            item(declinedOn: "2026-03-09"),
        ]
        let early = try report(items, asOf: "2026-03-08")
        #expect(early.funnel.declined.items == 1)
        #expect(early.funnel.replied.items == 1)
        #expect(early.funnel.booked == .zero)
        #expect(early.funnel.closed == .zero)
        #expect(early.monthly.isEmpty)
    }

    @Test(
        "R25, R26, R27: a tier's rate counts closes within its window beside its benchmark",
        arguments: [(Tier.low, 30, 20...35), (.mid, 30, 15...25), (.high, 60, 8...15)])
    func rates(tier: Tier, windowDays: Int, benchmark: ClosedRange<Int>) throws {
        let declinedOn = try Given.date("2026-01-05")
        func closed(onDay day: Int) throws -> ReportItem {
            try item(
                tier: tier, declinedOn: "2026-01-05", contactedOn: "2026-01-08", closedOn: (declinedOn + day).description, recovered: 1)
        }
        let items = try [closed(onDay: windowDays), closed(onDay: windowDays + 1), item(tier: tier, declinedOn: "2026-01-05")]
            + [item(tier: tier, declinedOn: "2026-01-05", closedOn: "2026-01-09", recovered: 1)]
        let rate = try #require(try report(items, asOf: "2026-06-01").tierRates.first { $0.tier == tier })
        #expect(rate.windowDays == windowDays)
        #expect(rate.benchmarkPercent == benchmark)
        #expect(rate.matured == 4)
        #expect(rate.closed == 1, "a close past the window and one that no touch preceded don't count")
        #expect(rate.rate == 0.25)
    }

    @Test("R27: a cohort whose window isn't over is counted apart and is in no rate")
    func immature() throws {
        let items = try [item(tier: .high, declinedOn: "2026-03-01"), item(tier: .high, declinedOn: "2026-03-02")]
        let high = try #require(try report(items, asOf: "2026-04-30").tierRates.last)
        #expect(high.tier == .high)
        #expect(high.matured == 1)
        #expect(high.immature == 1)
        #expect(high.rate == 0)
        let earlier = try #require(try report(items, asOf: "2026-04-29").tierRates.last)
        #expect(earlier.matured == 0)
        #expect(earlier.rate == nil)
    }

    @Test("R28: the unsystematic baseline of under 5 % stands below every benchmark")
    func baseline() throws {
        #expect(TierRate.baselinePercentBelow == 5)
        let rates = try report([], asOf: "2026-03-31").tierRates
        #expect(rates.map(\.tier) == [.low, .mid, .high])
        #expect(rates.allSatisfy { $0.benchmarkPercent.lowerBound >= TierRate.baselinePercentBelow && $0.rate == nil })
    }

    @Test("R29: the week's line counts repair orders closed in the week, and booked but unclosed counts 0")
    func week() throws {
        let items = try [
            recovered(1_00, closedOn: "2026-03-08"),  // the day before
            recovered(2_00, closedOn: "2026-03-09"), recovered(4_00, closedOn: "2026-03-15"),
            recovered(8_00, closedOn: "2026-03-16"),  // the day after
            item(contactedOn: "2026-03-06", bookedOn: "2026-03-10"),
            item(closedOn: "2026-03-10", recovered: 16_00),  // never contacted
            item(contactedOn: "2026-03-10", closedOn: "2026-03-10", recovered: 32_00),  // contacted the same day
        ]
        let week = try report(items, asOf: "2026-03-15").week
        #expect(week.startsOn == (try Given.date("2026-03-09")))
        #expect(week.closed == ItemCount(items: 2, cents: 6_00))
        #expect(week.bookedUnclosedItems == 1)
    }

    @Test("R30: monthly dollars by rooftop and group reconcile to the repair orders' rows")
    func monthly() throws {
        let items = try [
            recovered(1_00, closedOn: "2026-03-31"), recovered(2_00, closedOn: "2026-04-01"),
            recovered(4_00, closedOn: "2026-04-30", "lakeside"), recovered(8_00, closedOn: "2026-04-02", "lone", group: nil),
        ]
        let rows = try report(items, asOf: "2026-04-30").monthly
        #expect(rows.map { "\($0.month) \($0.owner.name) \($0.recovered.cents)" } == [
            "2026-03 hillside 100", "2026-03 summit 100",
            "2026-04 hillside 200", "2026-04 lakeside 400", "2026-04 lone 800", "2026-04 summit 600",
        ])
    }

    @Test("R24: a group's dollars are the sum of its rooftops', for random items")
    func groupIsSum() throws {
        var generator = SeededGenerator(seed: 24)
        let items = try randomItems(using: &generator)
        let rows = try report(items, asOf: "2026-12-31").monthly
        for group in ["summit", "valley"] {
            let rooftops = Set(items.filter { $0.group == group }.map(\.rooftop))
            for month in Set(rows.map(\.month)) {
                let sum = rows.filter { row in
                    row.month == month && rooftops.contains { row.owner == .rooftop($0) }
                }.reduce(ItemCount.zero) { $0 + $1.recovered }
                let row = rows.first { $0.month == month && $0.owner == .group(group) }
                #expect(row?.recovered ?? .zero == sum)
            }
        }
        let all = rows.filter { if case .rooftop = $0.owner { true } else { false } }
        #expect(all.reduce(0) { $0 + $1.recovered.cents } == items.reduce(0) { $0 + $1.recoveredByFollowUpCents })
        #expect(!all.isEmpty)
    }

    @Test("R31: the splits by touch, tier and channel each sum to the funnel's total")
    func splits() throws {
        var generator = SeededGenerator(seed: 31)
        let report = try report(try randomItems(using: &generator), asOf: "2026-12-31")
        func check<Key>(_ parts: [ConversionSplit<Key>]) {
            #expect(parts.reduce(ItemCount.zero) { $0 + $1.contacted } == report.funnel.contacted)
            #expect(parts.reduce(ItemCount.zero) { $0 + $1.closed } == report.funnel.closed)
            #expect(parts.count > 2)
        }
        check(report.byTouch)
        check(report.byTier)
        check(report.byChannel)
        #expect(report.funnel.closed.items > 0)
    }

    private func randomItems(using generator: inout SeededGenerator) throws -> [ReportItem] {
        try (0..<500).map { _ in
            let rooftop = try #require(["hillside", "lakeside", "creekside"].randomElement(using: &generator))
            let declinedOn = try Given.date("2026-01-01") + Int.random(in: 0..<200, using: &generator)
            let closedOn = declinedOn + Int.random(in: 0..<60, using: &generator)
            return try item(
                rooftop, group: rooftop == "creekside" ? "valley" : "summit", tier: Tier.allCases.randomElement(using: &generator) ?? .mid,
                declinedOn: declinedOn.description, cents: Int.random(in: 1...900_00, using: &generator),
                contactedOn: Bool.random(using: &generator) ? (declinedOn + 3).description : nil,
                closedOn: Bool.random(using: &generator) ? closedOn.description : nil,
                recovered: Int.random(in: 1...900_00, using: &generator),
                last: TouchKind.allCases.randomElement(using: &generator),
                channel: Int.random(in: 0..<9, using: &generator) == 0 ? nil : ContactChannel.allCases.randomElement(using: &generator))
        }
    }
}
