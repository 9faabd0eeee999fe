/// The week's line of the Fixed Ops report: revenue of repair orders that follow-up brought in and that are closed.
public struct WeeklyRevenue: Sendable, Hashable {
    /// The first of seven days.
    public let startsOn: LocalDate
    /// Items closed in the week, with the repair orders' dollars.
    public let closed: ItemCount
    /// Items booked by the week's end and not closed by it. They count 0 dollars.
    public let bookedUnclosedItems: Int

    public init(items: [ReportItem], weekStartingOn startsOn: LocalDate) {
        let endsOn = startsOn + 6
        let closed = items.filter { item in item.recoveredOn.map { startsOn <= $0 && $0 <= endsOn } ?? false }
        self.startsOn = startsOn
        self.closed = ItemCount(closed) { $0.recoveredByFollowUpCents }
        bookedUnclosedItems = items.count { item in
            guard let bookedOn = item.bookedOn, bookedOn <= endsOn else { return false }
            return item.closedOn.map { $0 > endsOn } ?? true
        }
    }
}
