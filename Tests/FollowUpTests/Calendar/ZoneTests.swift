import Foundation
import FollowUp
import Testing

@Suite struct ZoneTests {
    /// Read beside this file, so that the test needs no resource bundle.
    private static let goldenURL = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "golden/zones-2026.txt")

    private struct GoldenLine {
        let zone: Zone
        let date: LocalDate
        let direction: String
        let offsets: [Int]

        init(_ line: Substring) throws {
            let fields = line.split(separator: " ")
            try #require(fields.count == 4, "\(line)")
            zone = try Zone(identifier: String(fields[0]))
            date = try #require(LocalDate(String(fields[1])))
            direction = String(fields[2])
            offsets = try fields[3].split(separator: ",").flatMap { run in
                let parts = run.split(separator: "x")
                return [Int](repeating: try #require(Int(parts[1])), count: try #require(Int(parts[0])))
            }
        }
    }

    @Test("every US and Canadian zone agrees with zoneinfo at each quarter hour of both daylight-saving days of 2026")
    func agreesWithZoneinfo() throws {
        let text = try String(contentsOf: Self.goldenURL, encoding: .utf8)
        let lines = try text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map(GoldenLine.init)
        #expect(Set(lines.map(\.zone.identifier)) == Set(UnitedStatesAndCanadaZones.identifiers))
        #expect(lines.count == 4 * UnitedStatesAndCanadaZones.identifiers.count)
        for line in lines {
            try #require(line.offsets.count == 96)
            for (quarter, offset) in line.offsets.enumerated() {
                let time = try #require(LocalTime(minutesSinceMidnight: quarter * 15))
                let asUTC = Zone.utc.timestamp(of: line.date, time)
                if line.direction == "local" {
                    let instant = line.zone.timestamp(of: line.date, time)
                    #expect(instant == asUTC - Int64(offset), "\(line.zone) \(line.date) \(time)")
                } else {
                    #expect(line.zone.offsetSeconds(at: asUTC) == offset, "\(line.zone) at \(asUTC)")
                    let local = Zone.utc.local(at: asUTC + Int64(offset))
                    #expect(line.zone.localDate(at: asUTC) == local.date)
                    #expect(line.zone.localTime(at: asUTC) == local.time)
                }
            }
        }
    }

    @Test("the table agrees with Foundation's own look-up, except where a law amends it")
    func agreesWithFoundation() throws {
        let amended: Set = ["America/Vancouver", "America/Edmonton", "America/Inuvik", "America/Winnipeg"]
        for identifier in UnitedStatesAndCanadaZones.identifiers + ["Europe/London", "Australia/Lord_Howe", "Asia/Kathmandu"] {
            let zone = try Zone(identifier: identifier)
            let foundation = try #require(TimeZone(identifier: identifier))
            let end: Int64 = amended.contains(identifier) ? 1_780_000_000 : 3_000_000_000
            for second in stride(from: 500_000_000 as Int64, to: end, by: 40_503 * 23) {
                let expected = foundation.secondsFromGMT(for: Date(timeIntervalSince1970: Double(second)))
                #expect(zone.offsetSeconds(at: Timestamp(secondsSince1970: second)) == expected, "\(identifier) \(second)")
            }
        }
    }

    @Test("in a gap the time moves forward, in an overlap the first is taken")
    func gapAndOverlap() throws {
        let chicago = try Zone(identifier: "America/Chicago")
        let spring = try #require(LocalDate("2026-03-08"))
        let autumn = try #require(LocalDate("2026-11-01"))
        let halfPastTwo = try #require(LocalTime("02:30"))
        let halfPastOne = try #require(LocalTime("01:30"))
        #expect(chicago.localTime(at: chicago.timestamp(of: spring, halfPastTwo)).description == "03:30")
        #expect(chicago.timestamp(of: spring, halfPastTwo).description == "2026-03-08T08:30:00Z")
        #expect(chicago.timestamp(of: autumn, halfPastOne).description == "2026-11-01T06:30:00Z")
        #expect(chicago.localTime(at: chicago.timestamp(of: autumn, halfPastOne) + 3600).description == "01:30")
    }

    @Test("western Canada keeps daylight time for good after March 8, 2026, whatever Foundation's tz database says")
    func westernCanada() throws {
        let december = try #require(Timestamp("2026-12-15T18:00:00Z"))
        let winter2070 = try #require(Timestamp("2070-01-15T18:00:00Z"))
        for (identifier, hours) in [("America/Vancouver", -7), ("America/Edmonton", -6), ("America/Winnipeg", -5), ("Canada/Pacific", -7)] {
            let zone = try Zone(identifier: identifier)
            #expect(zone.offsetSeconds(at: december) == hours * 3600)
            #expect(zone.offsetSeconds(at: winter2070) == hours * 3600)
            #expect(zone.offsetSeconds(at: december - 365 * 86_400) == (hours - 1) * 3600)
        }
    }

    @Test(
        "an unknown zone is refused with a suggestion",
        arguments: [
            ("America/Chicgo", "America/Chicago"), ("Chicago", "America/Chicago"), ("EST", "America/New_York"),
            ("Central Time", "America/Chicago"), ("america/new york", "America/New_York"), ("America/Pheonix", "America/Phoenix"),
        ])
    func suggests(identifier: String, suggestion: String) {
        #expect(throws: UnknownZone(identifier: identifier)) { try Zone(identifier: identifier) }
        #expect(
            UnknownZone(identifier: identifier).description
                == "no time zone is called '\(identifier)'; did you mean '\(suggestion)'?")
    }

    @Test("nonsense is refused without a suggestion", arguments: ["", "Mars/Olympus", "GMT+5", "../etc/passwd"])
    func refuses(identifier: String) {
        #expect(throws: UnknownZone.self) { try Zone(identifier: identifier) }
    }

    @Test("two values of one identifier are equal, and UTC has no offset")
    func equality() throws {
        #expect(try Zone(identifier: "America/Boise") == Zone(identifier: "America/Boise"))
        #expect(try Zone(identifier: "America/Boise") != Zone(identifier: "America/Denver"))
        #expect(try Zone(identifier: "UTC") == .utc)
        #expect(Zone.utc.offsetSeconds(at: Timestamp(secondsSince1970: 1_772_812_800)) == 0)
    }
}
