/// One tier's conversion beside the industry's: items closed by follow-up within the window, of all declined.
public struct TierRate: Sendable, Hashable {
    /// What declined work brings back without a system: under 5 %.
    public static let baselinePercentBelow = 5

    public let tier: Tier
    /// Items whose window is over.
    public let matured: Int
    /// Matured items that follow-up closed within the window.
    public let closed: Int
    /// Items still inside their window, in no rate yet.
    public let immature: Int

    /// - Parameter asOf: the last whole day that the report knows.
    public init(tier: Tier, items: [ReportItem], asOf: LocalDate) {
        let cohort = items.filter { $0.tier == tier && $0.declinedOn <= asOf }
        let matured = cohort.filter { asOf - $0.declinedOn >= tier.windowDays }
        self.tier = tier
        self.matured = matured.count
        immature = cohort.count - matured.count
        closed = matured.count { item in
            item.recoveredOn.map { $0 - item.declinedOn <= tier.windowDays && $0 <= asOf } ?? false
        }
    }

    /// The share closed, 0 to 1; nil while no item has matured.
    public var rate: Double? {
        matured == 0 ? nil : Double(closed) / Double(matured)
    }

    /// The days after the visit within which a close counts.
    public var windowDays: Int { tier.windowDays }

    /// What a systematic follow-up brings back, in percent.
    public var benchmarkPercent: ClosedRange<Int> {
        switch tier {
        case .low: 20...35
        case .mid: 15...25
        case .high: 8...15
        }
    }
}
