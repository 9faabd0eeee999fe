import FollowUp
import Testing

@Suite struct PlannerTests {
    private let rooftop: Rooftop
    private let planner: Planner
    private let morning: Timestamp

    init() throws {
        let zone = try Given.chicago
        rooftop = Rooftop(
            id: "hillside", name: "Hillside Auto", hours: RooftopHours(place: Place(zone: zone, jurisdiction: nil)),
            cadence: Cadence(), bookingLink: "https://book.example.com")
        planner = Planner(rooftop: rooftop)
        morning = try Given.instant("2026-03-04", "06:00", in: zone)
    }

    private func order(
        _ number: String = "1", closedOn: String = "2026-03-03", _ opCodes: [String] = ["BRKR"], performed: [String] = [],
        status: RepairOrder.Status = .closed, phone: String? = "+13125550142", vin: String? = nil, elsewhere: [String] = []
    ) throws -> RepairOrder {
        RepairOrder(
            roNumber: .init(number), status: status, closedOn: try Given.date(closedOn), customer: Customer(phone: phone, textOK: true),
            vehicle: Vehicle(vin: vin),
            declined: opCodes.map { DeclinedItem(opCode: $0, description: $0, priceCents: 100_00) },
            performed: performed.map { PerformedWork(opCode: $0, priceCents: 90_00) }, doneElsewhere: elsewhere)
    }

    private func items(
        of order: RepairOrder, enrollment: Int64 = 1, firstID: Int64 = 1, closedBy: String? = nil, again: Bool = false
    ) -> [FollowedItem] {
        rooftop.catalogue.items(declinedOn: order).enumerated().map { place, item in
            FollowedItem(
                id: .init(firstID + Int64(place)), enrollment: .init(enrollment),
                open: OpenItem(
                    rooftop: "hillside", roNumber: order.roNumber, declined: item, customer: order.customer, vehicle: order.vehicle),
                closedBy: closedBy.map { RepairOrder.Number($0) }, isDeclinedAgain: again)
        }
    }

    private func enrollment(of order: RepairOrder, id: Int64 = 1, isContacted: Bool = false) -> Enrollment {
        Enrollment(
            id: .init(id), roNumber: order.roNumber, visitOn: order.closedOn, latestVisitOn: order.closedOn,
            isContacted: isContacted, customer: order.customer, vehicle: order.vehicle)
    }

    @Test("R1: a decline begins a sequence with nobody's doing")
    func enrolls() throws {
        let changes = planner.changes(for: ArrivedVisit(repairOrder: try order()), at: morning)
        guard case .enroll(let items, let touches)? = changes.first, changes.count == 1 else {
            Issue.record("expected one enrollment, got \(changes)")
            return
        }
        #expect(items.count == 1)
        #expect(touches.map(\.kind) == [.reminder, .condition, .final])
    }

    @Test("R16: a visit on which nothing was declined begins nothing")
    func nothingDeclined() throws {
        #expect(planner.changes(for: ArrivedVisit(repairOrder: try order("1", [])), at: morning) == [])
    }

    @Test("R17: a second visit's items join the running sequence, add no touch, and hold it back on day 0 and 1")
    func secondVisit() throws {
        let first = try order()
        let second = try order("2", closedOn: "2026-03-05", ["BRKR", "STRT"])
        let visit = ArrivedVisit(repairOrder: second, otherItems: items(of: first), running: [enrollment(of: first)])
        let added = rooftop.catalogue.items(declinedOn: second)
        #expect(
            planner.changes(for: visit, at: morning) == [
                .declinedAgain(.init(1)), .merge(added, into: .init(1)), .visited(.init(1), on: second.closedOn), .readdress(.init(1)),
            ], "of work declined twice the newer one counts")
    }

    @Test("R17: another vehicle of the same customer has a sequence of its own")
    func otherVehicle() throws {
        let first = try order(vin: "1FAKE1")
        let second = try order("2", closedOn: "2026-03-05", vin: "1FAKE2")
        let visit = ArrivedVisit(repairOrder: second, otherItems: items(of: first), running: [enrollment(of: first)])
        let changes = planner.changes(for: visit, at: morning)
        #expect(changes.contains { if case .enroll = $0 { true } else { false } })
        #expect(changes.contains(.visited(.init(1), on: second.closedOn)), "but the visit holds back both")
    }

    @Test("R20: a later repair order that did all the work ends the sequence; one that did a part doesn't")
    func workDone() throws {
        let first = try order("1", ["BRKR", "STRT"])
        func visit(performed: [String]) throws -> [PlanChange] {
            let later = try order("2", closedOn: "2026-03-20", [], performed: performed)
            return planner.changes(
                for: ArrivedVisit(repairOrder: later, otherItems: items(of: first), running: [enrollment(of: first)]), at: morning)
        }
        #expect(try visit(performed: ["BRKR", "STRT"]).contains(.end(.init(1), .done)))
        let partly = try visit(performed: ["STRT"])
        #expect(partly.contains { if case .close(.init(2), _) = $0 { true } else { false } })
        #expect(!partly.contains { if case .end = $0 { true } else { false } })
    }

    @Test("R20: work done elsewhere ends the sequence and brings no revenue")
    func doneElsewhere() throws {
        let first = try order()
        let later = try order("2", closedOn: "2026-03-20", [], elsewhere: ["BRKR"])
        let changes = planner.changes(
            for: ArrivedVisit(repairOrder: later, otherItems: items(of: first), running: [enrollment(of: first)]), at: morning)
        #expect(changes.contains(.end(.init(1), .doneElsewhere)))
        guard case .close(_, let closure)? = changes.first else {
            Issue.record("expected a closure")
            return
        }
        #expect(closure.recoveredByFollowUpCents == 0)
    }

    @Test("R20: a void ends what its repair order began, and opens what it had closed")
    func void() throws {
        let first = try order()
        let void = ArrivedVisit(repairOrder: try order(status: .void), ownItems: items(of: first), running: [enrollment(of: first)])
        #expect(planner.changes(for: void, at: morning) == [.withdraw(.init(1)), .end(.init(1), .void)])

        let closer = ArrivedVisit(
            repairOrder: try order("2", closedOn: "2026-03-20", [], performed: ["BRKR"], status: .void),
            otherItems: items(of: first, closedBy: "2"))
        #expect(planner.changes(for: closer, at: morning) == [.reopen(.init(1))])
    }

    @Test("a revision withdraws what it no longer declines, adds what is new and describes the rest")
    func revision() throws {
        let first = try order("1", ["BRKR", "CABF"])
        var revised = try order("1", ["BRKR", "STRT"])
        revised.declined[0].priceCents = 120_00
        let visit = ArrivedVisit(repairOrder: revised, ownItems: items(of: first), running: [enrollment(of: first)])
        let now = rooftop.catalogue.items(declinedOn: revised)
        #expect(
            planner.changes(for: visit, at: morning) == [
                .describe(.init(1), as: now[0]), .withdraw(.init(2)), .merge([now[1]], into: .init(1)),
                .visited(.init(1), on: revised.closedOn), .readdress(.init(1)),
            ])
    }

    @Test("a corrected visit date plans anew only while the customer has heard nothing")
    func correctedDate() throws {
        let first = try order()
        let revised = try order(closedOn: "2026-03-01")
        func changes(isContacted: Bool) -> [PlanChange] {
            planner.changes(
                for: ArrivedVisit(
                    repairOrder: revised, ownItems: items(of: first), running: [enrollment(of: first, isContacted: isContacted)]),
                at: morning)
        }
        #expect(changes(isContacted: false).contains { if case .replan = $0 { true } else { false } })
        #expect(!changes(isContacted: true).contains { if case .replan = $0 { true } else { false } })
    }

    @Test("planning the same repair order again changes nothing that counts")
    func idempotent() throws {
        let first = try order()
        let visit = ArrivedVisit(repairOrder: first, ownItems: items(of: first), running: [enrollment(of: first)])
        #expect(planner.changes(for: visit, at: morning) == [.visited(.init(1), on: first.closedOn), .readdress(.init(1))])
    }

    @Test("a visit that arrives after the one that did its work looks at that one again")
    func outOfOrder() throws {
        let later = try order("2", closedOn: "2026-03-20", [], performed: ["BRKR"])
        let changes = planner.changes(for: ArrivedVisit(repairOrder: try order(), later: [later]), at: morning)
        #expect(changes.last == .lookAgain(at: [.init("2")]))
    }

    @Test("a visit of someone who shares the phone holds touches back, and neither hears of the other's car")
    func family() throws {
        var first = try order()
        first.customer.name = "Ana Diaz"
        var second = try order("2", closedOn: "2026-03-05")
        second.customer.name = "Luis Diaz"
        let visit = ArrivedVisit(repairOrder: second, otherItems: items(of: first), running: [enrollment(of: first)])
        let changes = planner.changes(for: visit, at: morning)
        #expect(changes.contains { if case .enroll = $0 { true } else { false } })
        #expect(changes.contains(.visited(.init(1), on: second.closedOn)))
        #expect(!changes.contains(.readdress(.init(1))))
    }

    @Test("R20: what a revision adds after the follow-up has ended joins it, and nothing is sent anew")
    func addedAfterEnd() throws {
        let visit = ArrivedVisit(repairOrder: try order("1", ["BRKR", "STRT"]), ownItems: items(of: try order()))
        let changes = planner.changes(for: visit, at: morning)
        #expect(!changes.contains { if case .enroll = $0 { true } else { false } })
        #expect(changes.contains { if case .merge(_, into: .init(1)) = $0 { true } else { false } })
    }

    @Test("R17: planning an earlier visit again leaves work alone that was declined again since")
    func declinedAgain() throws {
        let first = try order()
        let visit = ArrivedVisit(repairOrder: first, ownItems: items(of: first, again: true))
        #expect(planner.changes(for: visit, at: morning) == [])
    }

    @Test("R17: when the visit that declined work again is voided, the earlier one's item counts again and the sequence goes on")
    func voidOfSecond() throws {
        let first = try order()
        let second = try order("2", closedOn: "2026-03-05", status: .void)
        let visit = ArrivedVisit(
            repairOrder: second, ownItems: items(of: second, firstID: 2), otherItems: items(of: first, again: true),
            running: [enrollment(of: first)])
        #expect(planner.changes(for: visit, at: morning) == [.withdraw(.init(2)), .reopen(.init(1))])
    }

    @Test("R20: work whose closing was voided is looked for in the repair orders that came later")
    func closedElsewhereToo() throws {
        let void = try order("2", closedOn: "2026-03-20", [], performed: ["BRKR"], status: .void)
        let third = try order("3", closedOn: "2026-03-25", [], performed: ["BRKR"])
        let visit = ArrivedVisit(repairOrder: void, otherItems: items(of: try order(), closedBy: "2"), later: [third])
        #expect(planner.changes(for: visit, at: morning) == [.reopen(.init(1)), .lookAgain(at: [.init("3")])])
    }
}
