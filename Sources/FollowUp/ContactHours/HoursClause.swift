/// Hours that must hold in one zone, flattened so that asking costs one offset look-up and two comparisons.
struct HoursClause: Sendable {
    private static let secondsPerDay = Timestamp.secondsPerDay
    /// A weekday that never opens.
    private static let never: Int64 = .max

    let zone: Zone
    private let closedDays: Set<Int64>
    /// Seconds after local midnight by weekday, Monday first; the eighth lane is unused.
    private var opens = SIMD8<Int64>(repeating: 0)
    private var closes = SIMD8<Int64>(repeating: Timestamp.secondsPerDay)

    /// Intersects `hours`, weekday by weekday.
    init(zone: Zone, hours: [WeeklyHours], closedDates: Set<LocalDate> = []) {
        self.zone = zone
        closedDays = Set(closedDates.map { Int64($0.dayNumber) })
        for week in hours {
            for weekday in Weekday.allCases {
                let lane = weekday.rawValue - 1
                guard let window = week[weekday] else {
                    opens[lane] = Self.never
                    continue
                }
                opens[lane] = max(opens[lane], Int64(window.opens.minutesSinceMidnight * 60))
                closes[lane] = min(closes[lane], Int64(window.closes.minutesSinceMidnight * 60))
            }
        }
        for lane in 0..<7 where opens[lane] >= closes[lane] { opens[lane] = Self.never }
    }

    @inline(__always)
    func isOpen(at second: Int64) -> Bool {
        let local = second + zone.table.offsetSeconds(at: second)
        let (day, secondOfDay) = local.quotientAndRemainderRoundingDown(dividingBy: Self.secondsPerDay)
        let lane = Self.lane(ofDay: day)
        return secondOfDay >= opens[lane] && secondOfDay < closes[lane] && !isClosedDate(day)
    }

    /// Gives the first second at or after `second` and before `end` at which the clause is open.
    ///
    /// It walks the stretches of constant offset, so a window that a gap swallows or an overlap repeats comes out right.
    func nextOpening(onOrAfter second: Int64, before end: Int64) -> Int64? {
        var second = second
        while second < end {
            let (offset, stretchEnd) = zone.table.stretch(at: second)
            let stop = min(end, stretchEnd)
            let local = second + offset
            var (day, secondOfDay) = local.quotientAndRemainderRoundingDown(dividingBy: Self.secondsPerDay)
            while day * Self.secondsPerDay - offset < stop {
                let lane = Self.lane(ofDay: day)
                if opens[lane] != Self.never, secondOfDay < closes[lane], !isClosedDate(day) {
                    let opening = day * Self.secondsPerDay + max(secondOfDay, opens[lane]) - offset
                    if opening < stop { return opening }
                    break
                }
                day += 1
                secondOfDay = 0
            }
            second = stop
        }
        return nil
    }

    /// Gives the first second after `second`, at which the clause is open, when it is closed again.
    func closing(after second: Int64) -> Int64 {
        var second = second
        while isOpen(at: second) {
            let (offset, stretchEnd) = zone.table.stretch(at: second)
            let local = second + offset
            let (day, secondOfDay) = local.quotientAndRemainderRoundingDown(dividingBy: Self.secondsPerDay)
            let closing = second + closes[Self.lane(ofDay: day)] - secondOfDay
            if closing <= stretchEnd { return closing }
            second = stretchEnd
        }
        return second
    }

    func isClosedDate(_ day: Int64) -> Bool {
        !closedDays.isEmpty && closedDays.contains(day)
    }

    /// Day 0, 1970-01-01, was a Thursday: lane 3.
    @inline(__always)
    private static func lane(ofDay day: Int64) -> Int {
        let lane = Int((day + 3) % 7)
        return lane < 0 ? lane + 7 : lane
    }
}
