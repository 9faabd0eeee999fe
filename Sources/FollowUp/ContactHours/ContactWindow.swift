/// When one recipient may be contacted: the rooftop's hours and every rule at every place where the recipient may be.
///
/// Making one costs nothing when the recipient's location comes from an area code, since the parts are shared.
public struct ContactWindow: Sendable {
    /// How far ahead an opening is sought unless the caller says otherwise.
    public static let usualLimitDays = 31
    /// A farther limit counts as this one; every rule repeats weekly, so a year with no opening has none.
    public static let longestLimitDays = 366

    public let rooftop: RooftopHours
    public let recipient: RecipientLocation

    public init(rooftop: RooftopHours, recipient: RecipientLocation) {
        self.rooftop = rooftop
        self.recipient = recipient
    }

    /// True when the rooftop's hours and every rule permit contact at that instant.
    public func isOpen(at timestamp: Timestamp) -> Bool {
        let second = timestamp.secondsSince1970
        guard rooftop.clause.isOpen(at: second) else { return false }
        for clause in recipient.clauses where !clause.isOpen(at: second) { return false }
        return true
    }

    /// Gives why contact isn't permitted at that instant; nil when it is. The laws speak before the rooftop.
    public func closedReason(at timestamp: Timestamp) -> ClosedReason? {
        for place in recipient.candidates {
            let local = place.zone.local(at: timestamp)
            for rule in HoursRules.rules(at: place) {
                guard let window = rule.hours[local.date.weekday], window.contains(local.time) else {
                    return .rule(rule, at: place, date: local.date, time: local.time)
                }
            }
        }
        let local = rooftop.place.zone.local(at: timestamp)
        if rooftop.closedDates.contains(local.date) { return .closedDate(local.date, zone: rooftop.place.zone) }
        guard let window = rooftop.hours[local.date.weekday], window.contains(local.time) else {
            return .rooftopHours(rooftop.hours, zone: rooftop.place.zone, date: local.date, time: local.time)
        }
        return nil
    }

    /// Gives the first instant, at `timestamp` or within `limitDays` × 24 hours after it, at which the window is open.
    ///
    /// An instant other than `timestamp` itself always lies on a full minute. Nil when the hours have nothing in
    /// common within the limit.
    public func nextOpening(
        onOrAfter timestamp: Timestamp, limitDays: Int = ContactWindow.usualLimitDays
    ) -> Timestamp? {
        let end = timestamp.secondsSince1970 + Int64(min(limitDays, Self.longestLimitDays)) * Timestamp.secondsPerDay
        var second = timestamp.secondsSince1970
        while true {
            guard var latest = rooftop.clause.nextOpening(onOrAfter: second, before: end) else { return nil }
            for clause in recipient.clauses {
                guard let opening = clause.nextOpening(onOrAfter: latest, before: end) else { return nil }
                latest = opening
            }
            // Nothing moved: every clause is open at this one instant.
            if latest == second { return Timestamp(secondsSince1970: second) }
            second = latest
        }
    }

    /// Gives the end of the open interval that holds `timestamp`, the first instant at which it is closed again.
    ///
    /// Nil when it is closed at `timestamp` already.
    public func closing(after timestamp: Timestamp) -> Timestamp? {
        guard isOpen(at: timestamp) else { return nil }
        var earliest = rooftop.clause.closing(after: timestamp.secondsSince1970)
        for clause in recipient.clauses {
            earliest = min(earliest, clause.closing(after: timestamp.secondsSince1970))
        }
        return Timestamp(secondsSince1970: earliest)
    }
}
