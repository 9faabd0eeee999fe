/// The plan of touches after a visit: days 3, 10 and 30, and day 60 for the few items that deserve it.
public struct Cadence: Sendable, Equatable {
    /// 10:00, what a rooftop gets that says nothing.
    public static let usualSendAt = LocalTime(unchecked: 10 * 60)
    /// A first touch planned after this day is late.
    public static let firstTouchByDay = 7

    /// The local time of day at which touches fall due.
    public var sendAt: LocalTime

    public init(sendAt: LocalTime = Cadence.usualSendAt) {
        self.sendAt = sendAt
    }

    /// Gives the local calendar dates of a visit's touches, in order; none without a declined item.
    ///
    /// There is a `season` date only when a season is coming on day 60 and `season(on:for:)` finds an item for it.
    public func plannedDates(visitOn: LocalDate, items: [ClassifiedItem]) -> [(kind: TouchKind, on: LocalDate)] {
        guard !items.isEmpty else { return [] }
        return TouchKind.allCases.map { (kind: $0, on: visitOn + $0.day) }.filter { planned in
            planned.kind != .season || season(on: planned.on, for: items) != nil
        }
    }

    /// Gives the season coming on that date when one of the items is high-dollar work that matters before it.
    public func season(on date: LocalDate, for items: [ClassifiedItem]) -> Season? {
        guard let season = Season.coming(on: date) else { return nil }
        return items.contains { $0.tier == .high && $0.category.matters(before: season) } ? season : nil
    }

    /// Plans a visit's touches as it arrives in the ledger.
    ///
    /// A visit that arrives after a touch's last day finds it expired, so a visit of nine days ago has no reminder.
    /// - Parameters:
    ///   - visitOn: the close date in the rooftop's zone, day 0.
    ///   - arrivedAt: when the ledger first saw the visit.
    ///   - zone: the rooftop's.
    public func touches(
        visitOn: LocalDate, items: [ClassifiedItem], arrivedAt: Timestamp, zone: Zone
    ) -> [PlannedTouch] {
        let arrivedOn = zone.localDate(at: arrivedAt)
        var isFirst = true
        return plannedDates(visitOn: visitOn, items: items).map { kind, plannedOn in
            let hasExpired = arrivedOn > plannedOn + kind.graceDays
            let isLateFirst = isFirst && kind.day > Self.firstTouchByDay
            if !hasExpired { isFirst = false }
            return PlannedTouch(
                kind: kind, plannedOn: plannedOn, dueAt: zone.timestamp(of: plannedOn, sendAt),
                season: kind == .season ? season(on: plannedOn, for: items) : nil,
                state: hasExpired ? .expired : .planned, isLate: arrivedOn > plannedOn || isLateFirst)
        }
    }
}
