import FollowUp
import SQLiteStorage
import Testing

@Suite struct HistoryLoadTests {
    @Test("R4, R9: of two years of visits loaded at once, only those that the lateness rules allow are followed up, and the rest is counted")
    func history() async throws {
        let place = try TemporaryLedger()
        let ledger = try SQLiteLedger(path: place.path)
        let zone = try Zone(identifier: "America/Chicago")
        let rooftop = Rooftop(
            id: "lakeside", name: "Lakeside", hours: RooftopHours(place: Place(zone: zone, jurisdiction: nil)), cadence: Cadence(),
            bookingLink: "https://book.example.com")
        try await ledger.register(rooftop)
        let today = zone.localDate(at: noon)
        let orders = (0..<730).map { age in
            RepairOrder(
                roNumber: .init("\(age)"), closedOn: today - age,
                customer: Customer(name: "Person \(age)", customerNumber: "\(age)"), vehicle: Vehicle(make: "Ford"),
                declined: [DeclinedItem(opCode: "BRKF", description: "front pads", priceCents: 41_250)])
        }
        try await ledger.take(orders, sha256: "history")
        let turn = try await PlanningWorker(rooftop: rooftop, ledger: ledger, clock: StandingClock(now: noon)).takeTurn()
        #expect(turn.visits == 730)
        // Work of this kind has no touch after the one of day 30, which expires 7 days later.
        #expect(turn.tooOld == 730 - 38)
        for age in 0..<730 {
            var states: [(kind: TouchKind, state: Touch.State)] = []
            for id in try await ledger.touches(rooftop: "lakeside", roNumber: .init("\(age)")) {
                let touch = try #require(try await ledger.history(of: id))
                states.append((touch.kind, touch.state))
            }
            #expect(states.filter { $0.state == .planned }.allSatisfy { age <= $0.kind.day + $0.kind.graceDays }, "\(age) days")
            #expect(states.contains { $0.state == .planned } == (age <= 37), "\(age) days")
        }
        #expect(try await ledger.dueTouches(rooftop: "lakeside", at: noon + 90 * Timestamp.secondsPerDay, limit: 10_000).count < 120)
    }
}

private struct StandingClock: WallClock {
    let now: Timestamp
}
