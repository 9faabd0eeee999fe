/// What follow-up brought back to one rooftop, or to one group, by repair orders closed in one month.
public struct MonthlyRevenue: Sendable, Hashable {
    /// Whose revenue a row is. A group's equals the sum of its rooftops'.
    public enum Owner: Sendable, Hashable {
        case rooftop(String)
        case group(String)
    }

    public let month: CalendarMonth
    public let owner: Owner
    public let recovered: ItemCount

    /// Gives a row for each month and owner with a close, by month, then rooftops before groups, then name.
    public static func rows(of items: [ReportItem]) -> [MonthlyRevenue] {
        var sums: [CalendarMonth: [Owner: ItemCount]] = [:]
        for item in items {
            guard let recoveredOn = item.recoveredOn else { continue }
            let owners = [Owner.rooftop(item.rooftop)] + (item.group.map { [Owner.group($0)] } ?? [])
            for owner in owners {
                let added = ItemCount(items: 1, cents: item.recoveredByFollowUpCents)
                sums[CalendarMonth(of: recoveredOn), default: [:]][owner, default: .zero] += added
            }
        }
        let rows = sums.flatMap { month, owners in
            owners.map { MonthlyRevenue(month: month, owner: $0.key, recovered: $0.value) }
        }
        return rows.sorted { ($0.month, $0.owner.rank, $0.owner.name) < ($1.month, $1.owner.rank, $1.owner.name) }
    }
}

extension MonthlyRevenue.Owner {
    public var name: String {
        switch self {
        case .rooftop(let name), .group(let name): name
        }
    }

    fileprivate var rank: Int {
        switch self {
        case .rooftop: 0
        case .group: 1
        }
    }
}
