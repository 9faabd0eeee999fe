/// The plan of touches after a visit: days 3, 10 and 30, and day 60 for the few that deserve it.
public struct Cadence: Sendable, Equatable {
    /// The rooftop's chosen local time.
    public var sendAt: LocalTime
    public var zone: Zone

    /// Ten in the morning, unless the rooftop chose another time.
    public static let usualSendAt = LocalTime(minutesSinceMidnight: 600) ?? .midnight

    public init(sendAt: LocalTime = Self.usualSendAt, zone: Zone) {
        self.sendAt = sendAt
        self.zone = zone
    }

    /// The touches for a visit's declined work, earliest first; none when nothing was declined.
    ///
    /// A touch whose grace is over at `now`, as when an export comes late, is planned as expired and never sent.
    public func touches(forVisitOn visit: LocalDate, items: [ItemKind], at now: Timestamp) -> [PlannedTouch] {
        guard !items.isEmpty else { return [] }
        let today = zone.localDate(at: now)
        return TouchKind.allCases.compactMap { kind in
            let day = visit + kind.day
            guard kind != .season || items.contains(where: { $0.deservesSeasonTouch(on: day) }) else { return nil }
            return PlannedTouch(
                kind: kind, plannedOn: day, dueAt: zone.timestamp(of: day, sendAt), isExpired: today > day + kind.graceDays)
        }
    }
}
