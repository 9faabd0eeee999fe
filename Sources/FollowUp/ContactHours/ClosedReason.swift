/// Why a recipient may not be contacted at an instant, with what `revisit why` needs to say so.
public enum ClosedReason: Hashable, Sendable {
    /// A law's hours, at a place where the recipient may be; date and time are local there.
    case rule(HoursRule, at: Place, date: LocalDate, time: LocalTime)
    /// The rooftop's own hours, in its zone.
    case rooftopHours(WeeklyHours, zone: Zone, date: LocalDate, time: LocalTime)
    /// A date on which the rooftop sends nothing.
    case closedDate(LocalDate, zone: Zone)
}

extension ClosedReason: CustomStringConvertible {
    /// "closed: Texas allows 9:00–21:00 Mon–Sat, 12:00–21:00 Sun (it is 08:30 on Tuesday in America/Chicago)"
    public var description: String {
        switch self {
        case .rule(let rule, let place, let date, let time):
            "closed: \(rule.authority) allows \(rule.hours) (it is \(time) on \(date.weekday) in \(place.zone))"
        case .rooftopHours(let hours, let zone, let date, let time):
            "closed: the rooftop sends \(hours) (it is \(time) on \(date.weekday) in \(zone))"
        case .closedDate(let date, let zone):
            "closed: the rooftop sends nothing on \(date.words) (\(date) in \(zone))"
        }
    }
}
