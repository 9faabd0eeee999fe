import FollowUp

/// Says minute by minute whether contact is permitted, written apart from the implementation: offsets from Foundation,
/// the rules typed in again, no intervals and no skipping.
final class HoursOracle {
    struct Question {
        var rooftopZone: HoursOracleClock
        /// Minutes since midnight by weekday, Monday first; nil is closed.
        var rooftopWeek: [Range<Int>?]
        var closedDays: Set<Int>
        /// Zone and postal code of every place where the recipient may be.
        var places: [(zone: HoursOracleClock, state: String?)]
    }

    private static let canada: Set = ["AB", "BC", "MB", "NB", "NL", "NS", "NT", "NU", "ON", "PE", "QC", "SK", "YT"]
    private var clocks: [String: HoursOracleClock] = [:]

    func clock(_ zone: String) -> HoursOracleClock {
        if let known = clocks[zone] { return known }
        let made = HoursOracleClock(zone: zone)
        clocks[zone] = made
        return made
    }

    /// `minute` counts minutes since 1970 in UTC.
    func isOpen(_ question: Question, minute: Int) -> Bool {
        let (day, minuteOfDay) = question.rooftopZone.local(minute)
        if question.closedDays.contains(day) { return false }
        guard let window = question.rooftopWeek[weekday(day)], window.contains(minuteOfDay) else { return false }
        for place in question.places {
            let (day, minuteOfDay) = place.zone.local(minute)
            let isCanadian = place.state.map(Self.canada.contains) ?? UnitedStatesAndCanadaZones.canada.contains(place.zone.identifier)
            if !legal(place.state, isCanadian, weekday(day), minuteOfDay) { return false }
        }
        return true
    }

    /// `weekday` 0 is Monday.
    private func legal(_ state: String?, _ isCanadian: Bool, _ weekday: Int, _ minute: Int) -> Bool {
        let isWeekend = weekday >= 5
        if isCanadian {
            return isWeekend ? minute >= 600 && minute < 1080 : minute >= 540 && minute < 1290
        }
        switch state {
        case "FL", "OK", "WA", "MD", "MS", "NJ": return minute >= 480 && minute < 1200
        case "CT": return minute >= 540 && minute < 1200
        case "TX": return minute >= (weekday == 6 ? 720 : 540) && minute < 1260
        case "RI": return isWeekend ? minute >= 600 && minute < 1020 : minute >= 540 && minute < 1080
        default: return minute >= 480 && minute < 1260
        }
    }

    private func weekday(_ day: Int) -> Int {
        (day + 3) % 7
    }
}
