import FollowUp

/// Says minute by minute whether contact is permitted, written apart from the implementation: offsets from Foundation,
/// the rules typed in again, no intervals and no skipping.
final class HoursOracle {
    struct Question {
        var rooftop: HoursOracleClock
        /// Minutes since midnight by weekday, Monday first; nil is closed.
        var rooftopWeek: [Range<Int>?]
        var closedDays: [Int]
        /// Every place where the recipient may be.
        var places: [(clock: HoursOracleClock, law: Law)]
    }

    /// Minutes since midnight from Monday to Friday, on Saturday and on Sunday.
    struct Law {
        var weekdays: Range<Int>
        var saturday: Range<Int>
        var sunday: Range<Int>
    }

    private static let canada: Set = ["AB", "BC", "MB", "NB", "NL", "NS", "NT", "NU", "ON", "PE", "QC", "SK", "YT"]
    private var clocks: [String: HoursOracleClock] = [:]

    func clock(_ zone: String) -> HoursOracleClock {
        if let known = clocks[zone] { return known }
        let made = HoursOracleClock(zone: zone)
        clocks[zone] = made
        return made
    }

    func law(state: String?, zone: String) -> Law {
        if state.map(Self.canada.contains) ?? UnitedStatesAndCanadaZones.canada.contains(zone) {
            return Law(weekdays: 540..<1290, saturday: 600..<1080, sunday: 600..<1080)
        }
        switch state {
        case "FL", "OK", "WA", "MD", "MS", "NJ": return Law(weekdays: 480..<1200, saturday: 480..<1200, sunday: 480..<1200)
        case "CT": return Law(weekdays: 540..<1200, saturday: 540..<1200, sunday: 540..<1200)
        case "TX": return Law(weekdays: 540..<1260, saturday: 540..<1260, sunday: 720..<1260)
        case "RI": return Law(weekdays: 540..<1080, saturday: 600..<1020, sunday: 600..<1020)
        default: return Law(weekdays: 480..<1260, saturday: 480..<1260, sunday: 480..<1260)
        }
    }

    /// `minute` counts minutes since 1970 in UTC.
    func isOpen(_ question: Question, minute: Int) -> Bool {
        let local = question.rooftop.local(minute)
        guard let window = question.rooftopWeek[local.weekday], window.contains(local.minute) else { return false }
        if question.closedDays.contains(local.day) { return false }
        for place in question.places {
            let local = place.clock.local(minute)
            switch local.weekday {
            case 5: if !place.law.saturday.contains(local.minute) { return false }
            case 6: if !place.law.sunday.contains(local.minute) { return false }
            default: if !place.law.weekdays.contains(local.minute) { return false }
            }
        }
        return true
    }
}
