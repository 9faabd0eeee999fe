import FollowUp
import Testing

@Suite struct ContactWindowTests {
    /// A rooftop that never closes by itself (but for the last minute of the day), so that the laws alone decide.
    private func alwaysOpen(_ zone: String, _ state: Jurisdiction? = nil) throws -> RooftopHours {
        let lastMinute = try #require(LocalTime("23:59"))
        return RooftopHours(
            place: Place(zone: try Zone(identifier: zone), jurisdiction: state),
            hours: WeeklyHours(everyDay: DailyWindow(opens: .midnight, closes: lastMinute)))
    }

    private func window(areaCode: Int, rooftop: RooftopHours) -> ContactWindow {
        ContactWindow(
            rooftop: rooftop, recipient: RecipientLocation(phone: "+1\(areaCode)5550123", rooftop: rooftop.place))
    }

    private func instant(_ date: String, _ time: String, _ zone: String) throws -> Timestamp {
        try Zone(identifier: zone).timestamp(of: #require(LocalDate(date)), #require(LocalTime(time)))
    }

    @Test(
        "each named state opens and closes on the minute that its rule names",
        arguments: [
            // Tuesday 2026-03-03, Saturday 2026-03-07, Sunday 2026-03-01.
            (305, "America/New_York", "2026-03-03", "08:00", "20:00"),  // Florida
            (405, "America/Chicago", "2026-03-03", "08:00", "20:00"),  // Oklahoma
            (206, "America/Los_Angeles", "2026-03-03", "08:00", "20:00"),  // Washington
            (410, "America/New_York", "2026-03-03", "08:00", "20:00"),  // Maryland
            (601, "America/Chicago", "2026-03-03", "08:00", "20:00"),  // Mississippi
            (201, "America/New_York", "2026-03-03", "08:00", "20:00"),  // New Jersey
            (860, "America/New_York", "2026-03-03", "09:00", "20:00"),  // Connecticut
            (214, "America/Chicago", "2026-03-03", "09:00", "21:00"),  // Texas
            (214, "America/Chicago", "2026-03-07", "09:00", "21:00"),
            (214, "America/Chicago", "2026-03-01", "12:00", "21:00"),
            (401, "America/New_York", "2026-03-03", "09:00", "18:00"),  // Rhode Island
            (401, "America/New_York", "2026-03-07", "10:00", "17:00"),
            (401, "America/New_York", "2026-03-01", "10:00", "17:00"),
            (614, "America/New_York", "2026-03-03", "08:00", "21:00"),  // Ohio: the federal rule
            (416, "America/Toronto", "2026-03-03", "09:00", "21:30"),  // Canada
            (416, "America/Toronto", "2026-03-07", "10:00", "18:00"),
            (602, "America/Phoenix", "2026-07-07", "08:00", "21:00"),  // Arizona, in summer
            (808, "Pacific/Honolulu", "2026-07-07", "08:00", "21:00"),
        ])
    func namedStates(areaCode: Int, zone: String, date: String, opens: String, closes: String) throws {
        let window = window(areaCode: areaCode, rooftop: try alwaysOpen(zone))
        let opening = try instant(date, opens, zone)
        let closing = try instant(date, closes, zone)
        #expect(!window.isOpen(at: opening - 1))
        #expect(window.isOpen(at: opening))
        #expect(window.isOpen(at: closing - 1))
        #expect(!window.isOpen(at: closing))
        #expect(window.nextOpening(onOrAfter: opening - 3 * 3600) == opening)
        #expect(window.closing(after: opening + 60) == closing)
    }

    @Test("850 may be Eastern or Central: both have to permit")
    func splitAreaCode() throws {
        let window = window(areaCode: 850, rooftop: try alwaysOpen("America/New_York"))
        let opening = try instant("2026-03-03", "09:00", "America/New_York")  // 8:00 Central
        #expect(window.nextOpening(onOrAfter: opening - 3600) == opening)
        #expect(window.closing(after: opening) == (try instant("2026-03-03", "20:00", "America/New_York")))
    }

    @Test("an area code that tells nothing needs every zone of the 48 states", arguments: [800, 900, 533, 242])
    func unknownAreaCode(areaCode: Int) throws {
        let window = window(areaCode: areaCode, rooftop: try alwaysOpen("America/New_York", .ohio))
        let opening = try instant("2026-07-07", "08:00", "America/Los_Angeles")
        #expect(window.nextOpening(onOrAfter: opening - 10_000) == opening)
        #expect(window.closing(after: opening) == (try instant("2026-07-07", "21:00", "America/New_York")))
        #expect(Set(window.recipient.candidates.map(\.zone.identifier)).count == 5)
    }

    @Test("without a phone the rooftop's own state decides, with an address that state")
    func withoutPhone() throws {
        let rooftop = try alwaysOpen("America/Chicago", .texas)
        let noon = try instant("2026-03-01", "11:00", "America/Chicago")
        let atHome = RecipientLocation(phone: nil, rooftop: rooftop.place)
        #expect(!ContactWindow(rooftop: rooftop, recipient: atHome).isOpen(at: noon))
        let inOhio = RecipientLocation(phone: nil, postalJurisdiction: .ohio, rooftop: rooftop.place)
        #expect(ContactWindow(rooftop: rooftop, recipient: inOhio).isOpen(at: noon))
        #expect(inOhio.candidates == [Place(zone: try Zone(identifier: "America/New_York"), jurisdiction: .ohio)])
    }

    @Test("an address adds to what the area code says, and a known zone narrows the address")
    func addressAdds() throws {
        let rooftop = try alwaysOpen("America/Chicago")
        let chicago = try Zone(identifier: "America/Chicago")
        let both = RecipientLocation(phone: "+12125550123", postalJurisdiction: .florida, rooftop: rooftop.place)
        #expect(Set(both.candidates.map(\.description)) == [
            "New York, America/New_York", "Florida, America/New_York", "Florida, America/Chicago",
        ])
        let narrowed = RecipientLocation(
            phone: "+18505550123", postalJurisdiction: .florida, zone: chicago, rooftop: rooftop.place)
        #expect(Set(narrowed.candidates.map(\.zone.identifier)) == ["America/Chicago", "America/New_York"])
    }

    @Test("a rooftop's hours and holidays only tighten")
    func rooftopTightens() throws {
        let place = Place(zone: try Zone(identifier: "America/Chicago"), jurisdiction: .illinois)
        let holiday = try #require(LocalDate("2026-07-03"))
        var hours = WeeklyHours(everyDay: RooftopHours.usualWindow)
        hours[.sunday] = nil
        let rooftop = RooftopHours(place: place, hours: hours, closedDates: [holiday])
        let window = window(areaCode: 312, rooftop: rooftop)
        let thursdayClose = try instant("2026-07-02", "17:00", "America/Chicago")
        #expect(window.closing(after: thursdayClose - 1) == thursdayClose)
        #expect(window.nextOpening(onOrAfter: thursdayClose) == (try instant("2026-07-04", "10:00", "America/Chicago")))
        let saturdayClose = try instant("2026-07-04", "17:00", "America/Chicago")
        #expect(window.nextOpening(onOrAfter: saturdayClose) == (try instant("2026-07-06", "10:00", "America/Chicago")))
    }

    @Test("Arizona doesn't move with the rest in spring and autumn")
    func arizona() throws {
        let rooftop = try alwaysOpen("America/Los_Angeles")
        let window = window(areaCode: 602, rooftop: rooftop)
        for date in ["2026-03-07", "2026-03-08", "2026-10-31", "2026-11-01"] {
            let opening = try #require(Timestamp("\(date)T15:00:00Z"))
            #expect(window.nextOpening(onOrAfter: opening - 3600) == opening)
        }
    }

    @Test("an open interval that holds a change of clocks is cut or repeated by it")
    func acrossTheChange() throws {
        // It is afternoon in Guam while clocks change in New York.
        let newYork = try Zone(identifier: "America/New_York")
        func window(_ opens: String, _ closes: String) throws -> ContactWindow {
            let hours = DailyWindow(opens: try #require(LocalTime(opens)), closes: try #require(LocalTime(closes)))
            let place = Place(zone: newYork, jurisdiction: .newYork)
            return self.window(areaCode: 671, rooftop: RooftopHours(place: place, hours: WeeklyHours(everyDay: hours)))
        }
        let one = try #require(Timestamp("2026-03-08T06:00:00Z"))  // 1:00 in New York
        let spring = try window("01:00", "03:30")
        #expect(spring.nextOpening(onOrAfter: one - 60) == one)
        #expect(spring.closing(after: one) == one + 90 * 60)
        let swallowed = try window("02:15", "02:45")
        #expect(swallowed.nextOpening(onOrAfter: one, limitDays: 1) == nil)
        let halfSwallowed = try window("02:30", "03:30")
        #expect(halfSwallowed.nextOpening(onOrAfter: one) == one + 3600)

        let halfPastMidnight = try #require(Timestamp("2026-11-01T04:30:00Z"))
        let autumn = try window("00:30", "01:30")
        let closing = try #require(autumn.closing(after: halfPastMidnight))
        #expect(closing == halfPastMidnight + 3600)
        #expect(autumn.nextOpening(onOrAfter: closing) == closing + 30 * 60)
        #expect(autumn.closing(after: closing + 30 * 60) == closing + 3600)
    }

    @Test("hours without anything in common give no opening within the limit")
    func emptyIntersection() throws {
        let rooftop = RooftopHours(place: Place(zone: try Zone(identifier: "America/Detroit"), jurisdiction: .michigan))
        let guam = window(areaCode: 671, rooftop: rooftop)
        let now = try instant("2026-03-03", "12:00", "America/Detroit")
        #expect(guam.nextOpening(onOrAfter: now) == nil)
        #expect(guam.nextOpening(onOrAfter: now, limitDays: .max) == nil)
        let closed = RooftopHours(place: rooftop.place, hours: WeeklyHours(everyDay: nil))
        #expect(window(areaCode: 313, rooftop: closed).nextOpening(onOrAfter: now) == nil)
        #expect(window(areaCode: 313, rooftop: rooftop).nextOpening(onOrAfter: now, limitDays: 0) == nil)
    }

    @Test("the reason for being closed names the rule, the hours and the local time")
    func reasons() throws {
        let rooftop = RooftopHours(
            place: Place(zone: try Zone(identifier: "America/Chicago"), jurisdiction: .texas),
            closedDates: [try #require(LocalDate("2026-12-25"))])
        let window = window(areaCode: 214, rooftop: rooftop)
        let reason = { (date: String, time: String) in
            window.closedReason(at: try instant(date, time, "America/Chicago"))?.description
        }
        #expect(
            try reason("2026-03-03", "08:30")
                == "closed: Texas allows 9:00–21:00 Mon–Sat, 12:00–21:00 Sun (it is 08:30 on Tuesday in America/Chicago)")
        #expect(
            try reason("2026-03-03", "09:30")
                == "closed: the rooftop sends 10:00–17:00 every day (it is 09:30 on Tuesday in America/Chicago)")
        #expect(
            try reason("2026-12-25", "12:00")
                == "closed: the rooftop sends nothing on Friday, December 25 (2026-12-25 in America/Chicago)")
        #expect(try reason("2026-03-03", "10:00") == nil)
    }
}
