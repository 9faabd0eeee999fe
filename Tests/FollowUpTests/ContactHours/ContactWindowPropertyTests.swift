import Foundation
import FollowUp
import Testing

@Suite struct ContactWindowPropertyTests {
    private static let caseCount = 10_000
    private static let limitDays = 4
    private static let areaCodes = (200...999).filter { AreaCode(number: $0)?.places.isEmpty == false }
    private static let unknownCodes = [800, 888, 900, 500, 533, 242, 876, 211, 999]
    private static let states = ["FL", "OK", "WA", "MD", "MS", "NJ", "CT", "TX", "RI", "OH", "CA", "AZ", "IN", "BC", "ON", "SK", "NL"]

    @Test("the opening found is open, no earlier minute is, and it stays open until the closing, around both daylight-saving days")
    func agreesWithTheOracle() throws {
        let seed = ProcessInfo.processInfo.environment["REVISIT_SEED"].flatMap(UInt64.init) ?? UInt64.random(in: 0...999_999_999)
        print("contact window property: REVISIT_SEED=\(seed)")
        var generator = SeededGenerator(seed: seed)
        let oracle = HoursOracle()
        var openAtOnce = 0
        var never = 0
        for index in 0..<Self.caseCount {
            let (window, question) = try Self.randomCase(for: oracle, using: &generator)
            let start = Self.randomStart(using: &generator)
            let note: Comment = "seed \(seed), case \(index), \(window.rooftop.place), \(window.recipient.candidates), from \(start)"

            // The first full minute at or after the start; the start itself counts when its own minute is open.
            let startMinute = Int(start.secondsSince1970 / 60)
            var expected: Timestamp?
            if oracle.isOpen(question, minute: startMinute) {
                expected = start
                openAtOnce += 1
            } else {
                let end = (Int(start.secondsSince1970) + Self.limitDays * 86_400 + 59) / 60
                for minute in (startMinute + 1)..<end where oracle.isOpen(question, minute: minute) {
                    expected = Timestamp(secondsSince1970: Int64(minute * 60))
                    break
                }
            }
            let found = window.nextOpening(onOrAfter: start, limitDays: Self.limitDays)
            try #require(found == expected, note)
            try #require(window.isOpen(at: start) == (expected == start), note)
            try #require((window.closedReason(at: start) == nil) == (expected == start), note)
            guard let found else {
                never += 1
                try #require(window.closing(after: start) == nil, note)
                continue
            }
            var minute = Int(found.secondsSince1970 / 60)
            while oracle.isOpen(question, minute: minute) { minute += 1 }
            try #require(window.closing(after: found) == Timestamp(secondsSince1970: Int64(minute * 60)), note)
        }
        // The cases are worth something only when all three outcomes occur.
        #expect(openAtOnce > Self.caseCount / 20)
        #expect(never > Self.caseCount / 200)
        #expect(openAtOnce + never < Self.caseCount * 9 / 10)
    }

    private static func randomCase(
        for oracle: HoursOracle, using generator: inout SeededGenerator
    ) throws -> (window: ContactWindow, question: HoursOracle.Question) {
        let rooftopZone = try #require(UnitedStatesAndCanadaZones.identifiers.randomElement(using: &generator))
        let rooftopState = Bool.random(using: &generator) ? states.randomElement(using: &generator) : nil
        let place = Place(zone: try Zone(identifier: rooftopZone), jurisdiction: rooftopState.flatMap(Jurisdiction.init))

        var hours = WeeklyHours(everyDay: nil)
        var week: [Range<Int>?] = []
        let usual = randomRange(using: &generator)
        for weekday in Weekday.allCases {
            let roll = Int.random(in: 0..<10, using: &generator)
            let range = roll == 0 ? nil : roll == 1 ? randomRange(using: &generator) : usual
            week.append(range)
            hours[weekday] = try range.map { try dailyWindow($0) }
        }
        let closedDays = (0..<Int.random(in: 0...2, using: &generator)).map { _ in randomDay(using: &generator) }
        let rooftop = RooftopHours(
            place: place, hours: hours, closedDates: Set(closedDays.map { LocalDate(dayNumber: $0) }))

        let postal = Int.random(in: 0..<6, using: &generator) == 0 ? states.randomElement(using: &generator) : nil
        let phone: String?
        switch Int.random(in: 0..<20, using: &generator) {
        case 0: phone = nil
        case 1: phone = unknownCodes.randomElement(using: &generator).map { "+1\($0)5550123" }
        // Across the Pacific it is day while clocks change here, so an open interval can hold the change.
        case 2, 3: phone = [670, 671, 684, 808].randomElement(using: &generator).map { "+1\($0)5550123" }
        default: phone = areaCodes.randomElement(using: &generator).map { "+1\($0)5550123" }
        }
        let recipient = RecipientLocation(
            phone: phone, postalJurisdiction: postal.flatMap(Jurisdiction.init), rooftop: place)
        let question = HoursOracle.Question(
            rooftop: oracle.clock(rooftopZone), rooftopWeek: week, closedDays: closedDays,
            places: recipient.candidates.map { place in
                let zone = place.zone.identifier
                return (oracle.clock(zone), oracle.law(state: place.jurisdiction?.rawValue, zone: zone))
            })
        return (ContactWindow(rooftop: rooftop, recipient: recipient), question)
    }

    /// Most windows are those of a business, some lie across the hours in which clocks change.
    private static func randomRange(using generator: inout SeededGenerator) -> Range<Int> {
        let early = Int.random(in: 0..<4, using: &generator) == 0
        let opens = early ? Int.random(in: 0..<240, using: &generator) : Int.random(in: 480..<960, using: &generator)
        let length = Int.random(in: 1...(early ? 180 : 479), using: &generator)
        return opens..<opens + length
    }

    private static func dailyWindow(_ minutes: Range<Int>) throws -> DailyWindow {
        let opens = try #require(LocalTime(minutesSinceMidnight: minutes.lowerBound))
        let closes = try #require(LocalTime(minutesSinceMidnight: minutes.upperBound))
        return try #require(DailyWindow(opens: opens, closes: closes))
    }

    /// A day from two before to four after a change of clocks.
    private static func randomDay(using generator: inout SeededGenerator) -> Int {
        let change = Bool.random(using: &generator) ? 20_520 : 20_758  // 2026-03-08, 2026-11-01
        return change + Int.random(in: -2...4, using: &generator)
    }

    private static func randomStart(using generator: inout SeededGenerator) -> Timestamp {
        let day = Int64(randomDay(using: &generator)) - 1
        return Timestamp(secondsSince1970: day * 86_400 + Int64.random(in: 0..<86_400, using: &generator))
    }
}
