/// When a rooftop itself wants to send, in its own zone. The laws hold besides, so these hours can only tighten them.
public struct RooftopHours: Hashable, Sendable {
    /// 10:00–17:00, what a rooftop gets that says nothing.
    public static let usualWindow = DailyWindow(uncheckedMinutes: 10 * 60..<17 * 60)

    /// Where the rooftop is; its state also counts for recipients of whom nothing better is known.
    public let place: Place
    public let hours: WeeklyHours
    /// Holidays and other days on which nothing is sent.
    public let closedDates: Set<LocalDate>

    let clause: HoursClause

    public init(
        place: Place, hours: WeeklyHours = WeeklyHours(everyDay: RooftopHours.usualWindow),
        closedDates: Set<LocalDate> = []
    ) {
        self.place = place
        self.hours = hours
        self.closedDates = closedDates
        clause = HoursClause(zone: place.zone, hours: [hours], closedDates: closedDates)
    }

    public static func == (left: RooftopHours, right: RooftopHours) -> Bool {
        left.place == right.place && left.hours == right.hours && left.closedDates == right.closedDates
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(place)
        hasher.combine(hours)
        hasher.combine(closedDates)
    }
}
