/// What the Fixed Ops team reads each week: how far declined work came, and the revenue that follow-up brought back.
public struct FixedOpsReport: Sendable {
    /// The last day whose events are counted.
    public let asOf: LocalDate
    public let funnel: Funnel
    /// One for each tier, low first.
    public let tierRates: [TierRate]
    /// The seven days that end on `asOf`.
    public let week: WeeklyRevenue
    public let monthly: [MonthlyRevenue]
    /// By the last touch before the close.
    public let byTouch: [ConversionSplit<TouchKind>]
    public let byTier: [ConversionSplit<Tier>]
    public let byChannel: [ConversionSplit<ContactChannel>]

    /// Computes the report of these items; events after `asOf` are not known yet.
    public init(items: [ReportItem], asOf: LocalDate) {
        let known = items.compactMap { $0.asKnown(on: asOf) }
        self.asOf = asOf
        funnel = Funnel(known)
        tierRates = Tier.allCases.map { TierRate(tier: $0, items: known, asOf: asOf) }
        week = WeeklyRevenue(items: known, weekStartingOn: asOf - 6)
        monthly = MonthlyRevenue.rows(of: known)
        byTouch = ConversionSplit.parts(of: known, by: TouchKind.allCases) { $0.lastTouchKind }
        byTier = ConversionSplit.parts(of: known, by: Tier.allCases) { $0.tier }
        byChannel = ConversionSplit.parts(of: known, by: ContactChannel.allCases) { $0.channel }
    }
}
