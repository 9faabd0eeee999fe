import FollowUp
import Foundation
import SQLiteStorage
import Testing

/// The ledger's part of follow-up: what holds although others write, crash or answer at the same time.
@Suite struct FollowUpLedgerTests {
    let place: TemporaryLedger
    let ledger: SQLiteLedger
    let rooftop: Rooftop
    let visitOn = LocalDate(dayNumber: 20_515)

    init() async throws {
        place = try TemporaryLedger()
        ledger = try SQLiteLedger(path: place.path)
        rooftop = try Self.rooftop("lakeside")
        try await ledger.register(rooftop)
    }

    static func rooftop(_ id: String) throws -> Rooftop {
        Rooftop(
            id: id, name: id.capitalized, group: "Group",
            hours: RooftopHours(place: Place(zone: try Zone(identifier: "America/Chicago"), jurisdiction: nil)), cadence: Cadence(),
            bookingLink: "https://book.example.com")
    }

    /// 10:00 on the n-th day after the visit.
    func day(_ number: Int) -> Timestamp { rooftop.zone.timestamp(of: visitOn + number, Cadence.usualSendAt) }

    func visit(
        _ number: String, day: Int = 0, phone: String? = "+13125550142", email: String? = nil, performed: [PerformedWork] = [],
        declined: [DeclinedItem] = [DeclinedItem(opCode: "BRKF", description: "front pads", priceCents: 41_250)],
        status: RepairOrder.Status = .closed, revision: Int? = nil, name: String = "Ana Diaz"
    ) -> RepairOrder {
        RepairOrder(
            roNumber: .init(number), revision: revision, status: status, closedOn: visitOn + day,
            customer: Customer(name: name, phone: phone, email: email, textOK: true), declined: declined, performed: performed)
    }

    func take(_ orders: [RepairOrder], at now: Timestamp, to rooftop: Rooftop? = nil) async throws {
        let rooftop = rooftop ?? self.rooftop
        try await ledger.take(orders, rooftop: rooftop.id, sha256: "\(orders.map { "\($0)" })")
        let planner = Planner(rooftop: rooftop)
        _ = try await ledger.planVisits(rooftop: rooftop.id, limit: 100, at: now) { planner.changes(for: $0, at: now) }
    }

    func intent(_ claim: ClaimedTouch, at now: Timestamp, in rooftop: Rooftop? = nil) -> Intent {
        Intent(
            touch: claim.id, kind: claim.touch.kind, generation: claim.generation + 1, rooftop: (rooftop ?? self.rooftop).id,
            address: claim.customer.phone ?? "", message: .sms("words"), decidedAt: now, notAfter: now + 3600, bundleSHA256: "b")
    }

    @discardableResult
    func send(at now: Timestamp, _ outcome: SendOutcome = .accepted(providerID: "p")) async throws -> Set<Touch.ID> {
        let claims = try await ledger.dueTouches(rooftop: rooftop.id, at: now, limit: 100)
        let intents = claims.map { intent($0, at: now) }
        let held = try await ledger.commit(intents, [], at: now)
        try await ledger.settle(
            intents.filter { held.contains($0.touch) }.map {
                SendResult(touch: $0.touch, generation: $0.generation, outcome: outcome, settledAt: now)
            })
        return held
    }

    @Test("R5: workers that decided on the same facts send a contact point one touch, not one each")
    func race() async throws {
        try await take((0..<12).map { visit("\($0)", name: "Person \($0)") }, at: day(1))
        let claims = try await ledger.dueTouches(rooftop: rooftop.id, at: day(3), limit: 100)
        #expect(claims.count == 12)
        let now = day(3)
        let intents = claims.map { intent($0, at: now) }
        let held = try await withThrowingTaskGroup(of: Int.self) { [ledger] group in
            for intent in intents {
                group.addTask { try await ledger.commit([intent], [], at: now).count }
            }
            return try await group.reduce(0, +)
        }
        #expect(held == 1)
    }

    @Test("R5: the fourth in 30 days is refused across rooftops that share the ledger")
    func cap() async throws {
        let other = try Self.rooftop("northgate")
        try await ledger.register(other)
        try await take([visit("1")], at: day(1))
        for number in [3, 10, 30] { #expect(try await send(at: day(number)).count == 1) }
        try await take([visit("2", day: 29)], at: day(30), to: other)
        let claim = try #require(try await ledger.dueTouches(rooftop: other.id, at: day(32), limit: 10).first)
        #expect(claim.sentAt.count == 3)
        #expect(try await ledger.commit([intent(claim, at: day(32), in: other)], [], at: day(32)).isEmpty)
        #expect(try await ledger.commit([intent(claim, at: day(33) + 3600, in: other)], [], at: day(33) + 3600).count == 1, "30 days after the first")
    }

    @Test("an intent is for one generation: decided twice, it is committed once")
    func generation() async throws {
        try await take([visit("1")], at: day(1))
        let claim = try #require(try await ledger.dueTouches(rooftop: rooftop.id, at: day(3), limit: 1).first)
        #expect(try await ledger.commit([intent(claim, at: day(3))], [], at: day(3)).count == 1)
        #expect(try await ledger.commit([intent(claim, at: day(3))], [], at: day(3)).isEmpty)
        let stale = SendResult(touch: claim.id, generation: claim.generation, outcome: .rejected(.other, reason: "old"), settledAt: day(3))
        try await ledger.settle([stale])
        #expect(try await ledger.history(of: claim.id)?.state == .sending)
    }

    @Test("R20: a STOP that arrives while a touch is written stops it; another phone of nobody's concern goes on")
    func optOutInMidRender() async throws {
        try await take([visit("1"), visit("2", phone: "+13125550143", name: "Luis Roy")], at: day(1))
        let claims = try await ledger.dueTouches(rooftop: rooftop.id, at: day(3), limit: 10)
        try await ledger.record(Inbound(rooftop: rooftop.id, from: .phone("+13125550142"), kind: .reply("STOP"), at: day(3)))
        let held = try await ledger.commit(claims.map { intent($0, at: day(3)) }, [], at: day(3))
        #expect(held == [claims[1].id])
        let stopped = try #require(try await ledger.history(of: claims[0].id))
        #expect(stopped.state == .suppressed)
        #expect(stopped.ended == .optedOut)
        #expect(stopped.entries.contains { $0.what == .inbound("the customer opted out") })
    }

    @Test("R19: whoever opted out of text keeps the follow-up by e-mail")
    func otherChannel() async throws {
        try await take([visit("1", email: "ana@example.com")], at: day(1))
        try await ledger.record(Inbound(rooftop: rooftop.id, from: .phone("+13125550142"), kind: .reply("stop"), at: day(2)))
        let claim = try #require(try await ledger.dueTouches(rooftop: rooftop.id, at: day(3), limit: 1).first)
        #expect(claim.optOuts == [.phone])
        #expect(claim.ended == nil)
    }

    @Test("R20: a booking or a reply ends the sequence and is counted for its items", arguments: [true, false])
    func answers(isBooking: Bool) async throws {
        let kind: Inbound.Kind = isBooking ? .booking : .reply("Friday?")
        try await take([visit("1")], at: day(1))
        try await send(at: day(3))
        try await ledger.record(Inbound(rooftop: rooftop.id, from: .phone("+13125550142"), kind: kind, at: day(4)))
        #expect(try await ledger.dueTouches(rooftop: rooftop.id, at: day(40), limit: 10).isEmpty)
        let item = try #require(try await ledger.reportItems(rooftops: nil).first)
        #expect(isBooking ? item.bookedOn == visitOn + 4 : item.repliedOn == visitOn + 4)
    }

    @Test("R20, R29: the repair order that did the work ends the sequence and brings its revenue; its void takes both back from the report")
    func closing() async throws {
        try await take([visit("1")], at: day(1))
        try await send(at: day(3))
        let work = [PerformedWork(opCode: "BRKF", priceCents: 39_000)]
        try await take([visit("2", day: 8, performed: work, declined: [])], at: day(9))
        #expect(try await ledger.dueTouches(rooftop: rooftop.id, at: day(10), limit: 10).isEmpty)
        let report = FixedOpsReport(items: try await ledger.reportItems(rooftops: nil), asOf: visitOn + 9)
        #expect(report.week.closed == ItemCount(items: 1, cents: 39_000))
        try await take([visit("2", day: 8, performed: work, declined: [], status: .void, revision: 1)], at: day(11))
        let after = FixedOpsReport(items: try await ledger.reportItems(rooftops: nil), asOf: visitOn + 12)
        #expect(after.funnel.closed == .zero)
    }

    @Test("R17: a second visit's items join the running sequence in the ledger, and no touch is added")
    func merge() async throws {
        try await take([visit("1")], at: day(1))
        try await take([visit("2", day: 5, declined: [DeclinedItem(opCode: "CABF", description: "cabin filter")])], at: day(6))
        let claim = try #require(try await ledger.dueTouches(rooftop: rooftop.id, at: day(10), limit: 10).last)
        #expect(claim.items.count == 2)
        #expect(claim.latestVisitOn == visitOn + 5)
        #expect(try await ledger.touches(rooftop: nil, roNumber: .init("2")).count == 3)
    }

    @Test("a send that certainly didn't happen is planned again and counts for nobody; one of unknown outcome counts and isn't repeated")
    func outcomes() async throws {
        try await take([visit("1")], at: day(1))
        try await send(at: day(3), .notAccepted(retryAt: day(3) + 600, reason: "429"))
        let again = try #require(try await ledger.dueTouches(rooftop: rooftop.id, at: day(3) + 600, limit: 1).first)
        #expect(again.generation == 1)
        #expect(again.sentAt.isEmpty)
        try await send(at: day(3) + 600, .uncertain(reason: "no answer"))
        #expect(try await ledger.history(of: again.id)?.state == .uncertain)
        let next = try #require(try await ledger.dueTouches(rooftop: rooftop.id, at: day(10), limit: 1).first)
        #expect(next.sentAt == [day(3) + 600])
    }

    @Test("an intent that a crash left without an answer becomes uncertain once its time is over, and is never sent again")
    func crash() async throws {
        try await take([visit("1")], at: day(1))
        let claim = try #require(try await ledger.dueTouches(rooftop: rooftop.id, at: day(3), limit: 1).first)
        _ = try await ledger.commit([intent(claim, at: day(3))], [], at: day(3))
        let copy = try SQLiteLedger(path: place.crashedCopy())
        #expect(try await copy.history(of: claim.id)?.state == .sending, "the intent was durable")
        #expect(try await copy.beginTurn(rooftop: rooftop.id, hours: rooftop.hours, at: day(3) + 60).uncertain == 0)
        #expect(try await copy.beginTurn(rooftop: rooftop.id, hours: rooftop.hours, at: day(3) + 3600).uncertain == 1)
        #expect(try await copy.history(of: claim.id)?.state == .uncertain)
        #expect(try await copy.dueTouches(rooftop: rooftop.id, at: day(4), limit: 10).isEmpty)
    }

    @Test("R8: after a day's stop the turn is spread, after eight it waits for a person, whose word lets it go on")
    func outage() async throws {
        try await take([visit("1")], at: day(1))
        #expect(try await ledger.beginTurn(rooftop: rooftop.id, hours: rooftop.hours, at: day(1)).pace == .free)
        let turn = try await ledger.beginTurn(rooftop: rooftop.id, hours: rooftop.hours, at: day(4))
        #expect(turn.pace == .spreading(perHour: OutageRule.leastPerHour, since: day(4)))
        #expect(try await ledger.beginTurn(rooftop: rooftop.id, hours: rooftop.hours, at: day(4) + 60).pace == turn.pace, "the backlog waits")
        try await send(at: day(4) + 60)
        #expect(try await ledger.beginTurn(rooftop: rooftop.id, hours: rooftop.hours, at: day(4) + 120).pace == .free)
        #expect(try await ledger.beginTurn(rooftop: rooftop.id, hours: rooftop.hours, at: day(13)).pace == .held(since: day(13)))
        try await ledger.resume(rooftop: rooftop.id, hours: rooftop.hours, at: day(13))
        #expect(try await ledger.beginTurn(rooftop: rooftop.id, hours: rooftop.hours, at: day(13) + 60).allowance == OutageRule.leastPerHour)
    }

    @Test("R24, R30, R31: a group's figures are the sum of its rooftops', and splits sum to the total")
    func sums() async throws {
        let other = try Self.rooftop("northgate")
        try await ledger.register(other)
        try await take([visit("1")], at: day(1))
        try await take([visit("1", phone: "+13125550150", name: "Kim Lee")], at: day(1), to: other)
        try await send(at: day(3))
        try await take([visit("2", day: 5, performed: [PerformedWork(opCode: "BRKF", priceCents: 10_000)], declined: [])], at: day(6))
        let report = FixedOpsReport(items: try await ledger.reportItems(rooftops: nil), asOf: visitOn + 9)
        let group = report.monthly.filter { $0.owner == .group("Group") }.map(\.recovered.cents).reduce(0, +)
        #expect(group == 10_000)
        #expect(report.byChannel.map(\.closed.cents).reduce(0, +) == report.funnel.closed.cents)
        #expect(try await ledger.reportItems(rooftops: ["northgate"]).count == 1)
    }

    @Test("script failures are counted by function and reason")
    func failures() async throws {
        try await take([visit("1")], at: day(1))
        let claim = try #require(try await ledger.dueTouches(rooftop: rooftop.id, at: day(3), limit: 1).first)
        let failure = ScriptFailure(function: "message.sms", reason: "message.lua:3: no idea")
        let failed = Intent(
            touch: claim.id, kind: .reminder, generation: 1, rooftop: rooftop.id, address: "+13125550142", message: .sms("words"),
            decidedAt: day(3), notAfter: day(3) + 60, bundleSHA256: "b", scriptFailures: [failure])
        _ = try await ledger.commit([failed], [], at: day(3))
        #expect(
            try await ledger.scriptFailures(rooftops: nil, since: day(0), limit: 5) == [
                CountedFailure(rooftop: "lakeside", failure: failure, count: 1)
            ])
        #expect(try await ledger.history(of: claim.id)?.entries.contains { $0.what == .scriptFailed(failure) } == true)
    }

    @Test("what hooks were told and said is kept with the decision, found in pages by time, and shown with the touch")
    func hookRecords() async throws {
        try await take((0..<5).map { visit("\($0)", phone: "+1312555014\($0)", name: "Person \($0)") }, at: day(1))
        let claims = try await ledger.dueTouches(rooftop: rooftop.id, at: day(3), limit: 100)
        func hooks(_ claim: ClaimedTouch) -> HookRecord {
            HookRecord(
                seed: UInt64(bitPattern: -claim.id.number), bundleSHA256: "b", input: #"{"kind":"reminder"}"#,
                calls: [
                    .init(function: "channel.choose", outcome: #"{"returned":null}"#, place: nil),
                    .init(function: "message.sms", outcome: #"{"returned":{"b":1,"a":[2.50,"x\"y"]}}"#, place: "mes\"sage.lua:6"),
                ])
        }
        let intents = claims.dropLast().map {
            Intent(
                touch: $0.id, kind: .reminder, generation: 1, rooftop: rooftop.id, address: "", message: .sms("words"), decidedAt: day(3),
                notAfter: day(4), bundleSHA256: "b", scriptFailures: [ScriptFailure(function: "message.sms", reason: "M9")], hooks: hooks($0))
        }
        let left = TouchDecision(
            touch: claims[4].id, generation: 0, verdict: .suppress(.skipped("fleet")), decidedAt: day(3), hooks: hooks(claims[4]))
        _ = try await ledger.commit(intents, [left], at: day(3))
        // Decided for a generation that is over: nothing of it is kept.
        _ = try await ledger.commit(intents, [left], at: day(4))

        var found: [RecordedDraft] = []
        while true {
            let page = try await ledger.hookRecords(rooftop: rooftop.id, since: day(3), after: found.last?.place, limit: 2)
            found += page
            if page.count < 2 { break }
        }
        #expect(found.map(\.touch) == claims.map(\.id))
        #expect(found.map(\.hooks) == claims.map(hooks))
        #expect(found[0].decided == .message(.sms("words")) && found[0].failures.count == 1)
        #expect(found[4].decided == .notSent("suppressed: the script left it out: fleet"))
        #expect(try await ledger.hookRecords(rooftop: rooftop.id, since: day(3) + 1, after: nil, limit: 9).isEmpty)
        #expect(try await ledger.hookRecords(rooftop: "other", since: day(1), after: nil, limit: 9).isEmpty)
        for claim in claims {
            let entries = try #require(try await ledger.history(of: claim.id)).entries
            #expect(entries.compactMap(\.hooks) == [hooks(claim)])
        }
    }
}
