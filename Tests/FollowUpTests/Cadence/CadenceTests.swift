import FollowUp
import Testing

@Suite struct CadenceTests {
    let catalogue = Catalogue()

    func items(_ opCodes: String...) -> [ItemKind] {
        opCodes.map { ItemKind(DeclinedItem(opCode: $0, description: $0), in: catalogue) }
    }

    func touches(_ visit: String, _ items: [ItemKind], seen: String? = nil) throws -> [PlannedTouch] {
        let zone = try Zone(identifier: "America/Chicago")
        let day = try #require(LocalDate(visit))
        let today = try #require(LocalDate(seen ?? visit))
        return Cadence(zone: zone).touches(forVisitOn: day, items: items, at: zone.timestamp(of: today, Cadence.usualSendAt))
    }

    @Test("R2: touches fall on days 3, 10 and 30 at the rooftop's local time, across a change of clocks")
    func days() throws {
        let planned = try touches("2026-03-03", items("BRKR"))
        #expect(planned.map(\.plannedOn.description) == ["2026-03-06", "2026-03-13", "2026-04-02"])
        #expect(planned.map(\.dueAt.description) == ["2026-03-06T16:00:00Z", "2026-03-13T15:00:00Z", "2026-04-02T15:00:00Z"])
    }

    @Test("R3: no kind of touch is planned for day 0 or 1")
    func neverEarly() {
        for kind in TouchKind.allCases { #expect(kind.day >= 2) }
    }

    @Test("R4: a visit that arrives on day 9 gets no day-3 touch")
    func lateArrival() throws {
        let planned = try touches("2026-03-03", items("BRKR"), seen: "2026-03-12")
        #expect(planned.map(\.isExpired) == [true, false, false])
        #expect(TouchKind.reminder.day + TouchKind.reminder.graceDays <= 7)
    }

    @Test("R6: only high-dollar safety or seasonal work before a season earns day 60")
    func season() throws {
        #expect(try touches("2026-03-03", items("TBLT")).last?.plannedOn.description == "2026-05-02")
        #expect(try touches("2026-03-03", items("TBLT")).last?.kind == .season)
        #expect(try touches("2026-03-03", items("CABF", "BRKR", "TIRE4")).count == 3)
        #expect(try touches("2025-11-20", items("TBLT")).count == 3, "mid-January prepares for nothing")
        #expect(try touches("2026-08-01", items("TRAN")).count == 3, "a transmission is work for summer trips")
        #expect(try touches("2026-08-01", items("STRT")).count == 4, "struts are safety before winter")
    }

    @Test("R6: a cabin filter never gets a fourth touch, whatever it costs and whenever")
    func cabinFilter() throws {
        let dear = ItemKind(DeclinedItem(opCode: "CABF", description: "CABIN AIR FILTER", priceCents: 90_000), in: catalogue)
        for month in 1...12 {
            let day = try #require(LocalDate(year: 2026, month: month, day: 1)).description
            #expect(try touches(day, [dear]).count == 3)
        }
    }

    @Test("R7: nothing is planned after day 30, or 60")
    func ends() throws {
        let visit = try #require(LocalDate("2026-03-03"))
        for planned in [try touches("2026-03-03", items("BRKR")), try touches("2026-03-03", items("TBLT"))] {
            #expect(planned.allSatisfy { $0.plannedOn <= visit + 60 })
        }
    }

    @Test("R16: nothing is planned without a declined item")
    func noItems() throws {
        #expect(try touches("2026-03-03", []).isEmpty)
    }

    @Test("R17: four declined items share three touches")
    func shared() throws {
        #expect(try touches("2026-03-03", items("BRKR", "CABF", "ALGN", "BATT")).count == 3)
    }
}
