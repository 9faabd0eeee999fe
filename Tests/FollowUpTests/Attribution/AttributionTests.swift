import FollowUp
import Testing

@Suite struct AttributionTests {
    private let attribution = Attribution()
    private static let vin = "1FMFAKE08BZ011001"

    private func open(
        _ opCode: String? = "BRKR", _ description: String = "REAR BRAKE PADS & ROTORS", cents: Int? = 412_50,
        ro: String = "611016", vin: String? = vin, phone: String? = "+13125550142", acceptedOn: [String] = ["2026-03-06"],
        visitOn: String = "2026-03-03"
    ) throws -> OpenItem {
        OpenItem(
            rooftop: "hillside", roNumber: .init(ro), declined: try Given.item(opCode, description, cents: cents, visitOn: visitOn),
            customer: Customer(phone: phone, email: "a@example.net", customerNumber: "77"), vehicle: Vehicle(vin: vin),
            acceptedOn: try acceptedOn.map(Given.date))
    }

    private func later(
        _ performed: [PerformedWork] = [PerformedWork(opCode: "BRKR", priceCents: 398_00)], ro: String = "612000",
        closedOn: String = "2026-03-20", status: RepairOrder.Status = .closed, customer: Customer = Customer(),
        vin: String? = vin, doneElsewhere: [String]? = nil
    ) throws -> RepairOrder {
        RepairOrder(
            roNumber: .init(ro), status: status, closedOn: try Given.date(closedOn), customer: customer,
            vehicle: Vehicle(vin: vin), performed: performed, doneElsewhere: doneElsewhere)
    }

    @Test("R20: a later repair order that did the same op code closes the item with the price performed")
    func sameOpCode() throws {
        let closure = attribution.closes(try open(), by: try later(), at: "hillside")
        #expect(closure?.outcome == .performed(recoveredCents: 398_00))
        #expect(closure?.followsTouch == true)
        #expect(closure?.recoveredByFollowUpCents == 398_00)
        #expect(closure?.closedOn == (try Given.date("2026-03-20")))
    }

    @Test("R20: the same kind of work under another op code closes the item; without a price the estimate counts")
    func sameCategory() throws {
        let work = PerformedWork(opCode: "0417R", description: "R&R REAR BRAKES")
        #expect(attribution.closes(try open(), by: try later([work]), at: "hillside")?.outcome == .performed(recoveredCents: 412_50))
        let fourTires = PerformedWork(opCode: "TIRE4", priceCents: 880_00)
        let rearTires = try open("TIRE2", "REPLACE 2 REAR TIRES")
        #expect(attribution.closes(rearTires, by: try later([fourTires]), at: "hillside") != nil, "four tires do the two")
    }

    @Test("R20: a tire rotation, unknown work and other brakes close nothing")
    func unrelated() throws {
        let rotation = PerformedWork(opCode: "ROT", description: "TIRE ROTATION", priceCents: 29_95)
        let front = PerformedWork(opCode: "BRKF", priceCents: 300_00)
        let repairOrder = try later([rotation, front, PerformedWork(opCode: "MPI")])
        #expect(attribution.closes(try open(), by: repairOrder, at: "hillside") == nil)
        #expect(attribution.closes(try open(nil, "TIRES"), by: repairOrder, at: "hillside") == nil)
        #expect(attribution.closes(try open("ZZ", "DETAIL"), by: repairOrder, at: "hillside") == nil)
    }

    @Test("R20: another rooftop, another vehicle, the same or an earlier or a voided repair order close nothing")
    func notConcerned() throws {
        let item = try open()
        #expect(attribution.closes(item, by: try later(), at: "lakeside") == nil)
        #expect(attribution.closes(item, by: try later(customer: item.customer, vin: "2HGFAKE08BZ011002"), at: "hillside") == nil)
        #expect(attribution.closes(item, by: try later(ro: "611016"), at: "hillside") == nil)
        #expect(attribution.closes(item, by: try later(closedOn: "2026-03-02"), at: "hillside") == nil)
        #expect(attribution.closes(item, by: try later(status: .void), at: "hillside") == nil)
    }

    @Test("R20: where the vehicle isn't known the customer's phone, e-mail or number tells")
    func byCustomer() throws {
        let item = try open()
        for customer in [Customer(phone: "+13125550142"), Customer(email: "a@example.net"), Customer(customerNumber: "77")] {
            #expect(attribution.closes(item, by: try later(customer: customer, vin: nil), at: "hillside") != nil)
        }
        let stranger = Customer(phone: "+13125550199", email: "", customerNumber: "")
        #expect(attribution.closes(item, by: try later(customer: stranger, vin: nil), at: "hillside") == nil)
        #expect(attribution.closes(try open(vin: nil, phone: nil), by: try later(vin: nil), at: "hillside") == nil)
    }

    @Test("R20: work done elsewhere ends the item and brings no revenue")
    func elsewhere() throws {
        let closure = attribution.closes(try open(), by: try later([], doneElsewhere: ["brkr"]), at: "hillside")
        #expect(closure?.outcome == .doneElsewhere)
        #expect(closure?.recoveredByFollowUpCents == 0)
    }

    @Test("R29: a close that no earlier touch preceded is no revenue of follow-up", arguments: [[], ["2026-03-20"], ["2026-03-21"]])
    func withoutTouch(acceptedOn: [String]) throws {
        let closure = attribution.closes(try open(acceptedOn: acceptedOn), by: try later(), at: "hillside")
        #expect(closure?.outcome == .performed(recoveredCents: 398_00))
        #expect(closure?.recoveredByFollowUpCents == 0)
    }

    @Test("R30: one performed line brings its revenue once, to the item declined last")
    func countedOnce() throws {
        let older = try open()
        let newer = try open(ro: "611500", visitOn: "2026-03-10")
        let parts = PerformedWork(opCode: "BRKR", priceCents: 100_00)
        let repairOrder = try later([PerformedWork(opCode: "BRKR", priceCents: 298_00), parts])
        let closures = attribution.closures(of: [older, newer], by: repairOrder, at: "hillside")
        #expect(closures.map { $0?.outcome } == [.performed(recoveredCents: 0), .performed(recoveredCents: 398_00)])
    }
}
