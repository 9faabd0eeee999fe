import FollowUp
import Testing

@Suite struct CadenceTests {
    private let cadence = Cadence()

    private func touches(
        visitOn: String = "2026-03-03", arrivedOn: String = "2026-03-04", items: [ClassifiedItem], zone: String = "America/Chicago"
    ) throws -> [PlannedTouch] {
        let zone = try Zone(identifier: zone)
        return cadence.touches(
            visitOn: try Given.date(visitOn), items: items, arrivedAt: try Given.instant(arrivedOn, "06:00", in: zone), zone: zone)
    }

    @Test("R2: touches fall on days 3, 10 and 30 at the rooftop's local time, across a daylight-saving change")
    func dates() throws {
        let touches = try touches(items: [Given.item()])
        #expect(touches.map(\.kind) == [.reminder, .condition, .final])
        #expect(touches.map(\.plannedOn.description) == ["2026-03-06", "2026-03-13", "2026-04-02"])
        #expect(touches.map(\.dueAt.description) == ["2026-03-06T16:00:00Z", "2026-03-13T15:00:00Z", "2026-04-02T15:00:00Z"])
        #expect(touches.allSatisfy { $0.state == .planned && !$0.isLate && $0.season == nil })
    }

    @Test("R2: a rooftop's chosen time counts in its own zone")
    func chosenTime() throws {
        let zone = try Zone(identifier: "America/Phoenix")
        let cadence = Cadence(sendAt: try #require(LocalTime("13:30")))
        let touches = cadence.touches(
            visitOn: try Given.date("2026-07-01"), items: [try Given.item()],
            arrivedAt: try Given.instant("2026-07-02", in: zone), zone: zone)
        #expect(touches.first?.dueAt.description == "2026-07-04T20:30:00Z")
    }

    @Test("R4: a visit that arrives on day 9 has no reminder and its first touch is late")
    func arrivesOnDayNine() throws {
        let touches = try touches(arrivedOn: "2026-03-12", items: [Given.item()])
        #expect(touches.map(\.state) == [.expired, .planned, .planned])
        #expect(touches.map(\.isLate) == [true, true, false])
    }

    @Test(
        "R4: the reminder holds for a visit that arrives up to day 5, late after day 3",
        arguments: [
            ("2026-03-06", PlannedTouch.State.planned, false), ("2026-03-07", .planned, true),
            ("2026-03-08", .planned, true), ("2026-03-09", .expired, true),
        ])
    func reminderGrace(arrivedOn: String, state: PlannedTouch.State, isLate: Bool) throws {
        let reminder = try #require(try touches(arrivedOn: arrivedOn, items: [Given.item()]).first)
        #expect(reminder.state == state)
        #expect(reminder.isLate == isLate)
    }

    @Test("R7: a visit that arrives after the last day of the last touch has nothing left to send")
    func arrivesTooLate() throws {
        #expect(try touches(arrivedOn: "2026-04-10", items: [Given.item()]).allSatisfy { $0.state == .expired })
        #expect(try touches(arrivedOn: "2026-04-09", items: [Given.item()]).last?.state == .planned)
    }

    @Test(
        "R6: day 60 is for high-dollar safety or seasonal work whose season is coming",
        arguments: [
            ("STRT", "2026-08-01", Season.winter),  // safety: any season (day 60 is September 30)
            ("STRT", "2026-03-03", .summer),  // day 60 is May 2
            ("TBLT", "2026-03-03", .summer),
            ("TBLT", "2026-08-01", nil),  // not winter work
            ("STRT", "2026-06-01", nil),  // day 60 is July 31: no season is coming
            ("VCVG", "2026-03-03", nil),  // neither safety nor seasonal
            ("BRKR", "2026-03-03", nil),  // safety, but not high-dollar
            ("BATT", "2026-08-01", nil),  // seasonal, but not high-dollar
            ("CABF", "2026-03-03", nil), ("CABF", "2026-08-01", nil),
        ] as [(String, String, Season?)])
    func daySixty(opCode: String, visitOn: String, season: Season?) throws {
        let touches = try touches(visitOn: visitOn, arrivedOn: visitOn, items: [Given.item(opCode)])
        #expect(touches.count == (season == nil ? 3 : 4))
        let last = touches.last
        #expect(last?.season == season)
        if season != nil {
            #expect(last?.kind == .season)
            #expect(last?.plannedOn == (try Given.date(visitOn)) + 60)
        }
    }

    @Test("R6: a cabin filter never gets a day-60 touch, whatever the day of the visit")
    func cabinFilterNever() throws {
        let filter = try Given.item("CABF", "CABIN AIR FILTER", cents: 950_00)
        for day in 0..<366 {
            let dates = cadence.plannedDates(visitOn: try Given.date("2026-01-01") + day, items: [filter])
            #expect(dates.map(\.kind) == [.reminder, .condition, .final])
        }
    }

    @Test("R16: without a declined item there is no touch")
    func noItem() throws {
        #expect(try touches(items: []).isEmpty)
    }

    @Test("R17: four declines of one visit share three touches")
    func fourDeclines() throws {
        let items = try ["BRKR", "CABF", "COOL", "BATT"].map { try Given.item($0) }
        #expect(try touches(items: items).count == 3)
    }
}
