import FollowUp
import Foundation
import SQLiteStorage
import Testing

/// What providers report of messages, and what that changes.
@Suite struct DeliveryLedgerTests {
    let given: FollowUpLedgerTests
    var ledger: SQLiteLedger { given.ledger }
    let phone = "+13125550142"

    init() async throws {
        given = try await FollowUpLedgerTests()
        try await given.take([given.visit("1", email: "ana@example.com")], at: given.day(1))
    }

    /// Commits the day-3 text and settles it.
    func send(_ outcome: SendOutcome) async throws -> Touch.ID {
        let claim = try #require(try await ledger.dueTouches(rooftop: given.rooftop.id, at: given.day(3), limit: 1).first)
        #expect(try await given.send(at: given.day(3), outcome) == [claim.id])
        return claim.id
    }

    func report(_ touch: Touch.ID?, _ status: DeliveryReport.Status, generation: Int? = 1, providerID: String = "SM1") -> DeliveryReport {
        DeliveryReport(providerID: providerID, touch: touch, generation: generation, status: status, at: given.day(3) + 60)
    }

    func state(_ touch: Touch.ID) async throws -> Touch.State? { try await ledger.history(of: touch)?.state }

    @Test("reports move a touch forward only, in any order and however often they come")
    func forward() async throws {
        let touch = try await send(.accepted(providerID: "SM1"))
        #expect(try await ledger.record(report(nil, .delivered)))
        #expect(try await state(touch) == .delivered)
        for status: DeliveryReport.Status in [.accepted, .delivered, .undelivered(.unreachable), .failed(.other)] {
            #expect(try await ledger.record(report(touch, status)))
            #expect(try await state(touch) == .delivered)
        }
        #expect(try await ledger.record(report(nil, .delivered, providerID: "SM2")) == false, "a message that nobody sent")
    }

    @Test("a callback that names touch and attempt settles a send of unknown outcome, and the late answer changes nothing")
    func callbackFirst() async throws {
        let touch = try await send(.uncertain(reason: "the connection broke"))
        #expect(try await ledger.record(report(touch, .accepted)))
        #expect(try await state(touch) == .accepted)
        #expect(try await ledger.uncertainSends(at: given.day(5), limit: 10).isEmpty)
        try await ledger.settle([SendResult(touch: touch, generation: 1, outcome: .uncertain(reason: "late"), settledAt: given.day(3) + 90)])
        #expect(try await state(touch) == .accepted)
    }

    @Test("a send of unknown outcome is looked for six times over a day, then parked, and never sent again; a person settles it")
    func looks() async throws {
        let touch = try await send(.uncertain(reason: "no answer"))
        var now = given.day(3)
        for look in 1...6 {
            now = given.day(3) + LookupRule.lookSeconds[look - 1] + 60
            let send = try #require(try await ledger.uncertainSends(at: now, limit: 10).first)
            #expect(send.looks == look - 1 && send.address == phone)
            try await ledger.record(look == 2 ? .unknown(reason: "503") : .notFound, of: send, at: now)
            // The same look told twice counts once.
            try await ledger.record(.notFound, of: send, at: now)
            #expect(try await ledger.uncertainSends(at: now, limit: 10).isEmpty)
        }
        #expect(try await state(touch) == .parked)
        #expect(try await ledger.dueTouches(rooftop: given.rooftop.id, at: given.day(6), limit: 10).isEmpty)
        #expect(try await ledger.settleParked(touch, wasSent: false, at: given.day(5)))
        #expect(try await ledger.settleParked(touch, wasSent: true, at: given.day(5)) == false)
        #expect(try await state(touch) == .failed)
        let words = try #require(try await ledger.history(of: touch)).entries.compactMap { if case .reported(let words) = $0.what { words } else { nil } }
        #expect(words.first == "not found: look 1 of 6" && words.last == "counted not sent")
        #expect(words.contains("not found: look 2 of 6: 503") && words.contains("parked"))
    }

    @Test("a look that finds the message settles it")
    func found() async throws {
        let touch = try await send(.uncertain(reason: "no answer"))
        let send = try #require(try await ledger.uncertainSends(at: given.day(3) + 300, limit: 10).first)
        try await ledger.record(.found(report(nil, .delivered, generation: nil)), of: send, at: given.day(3) + 300)
        #expect(try await state(touch) == .delivered)
    }

    static let closing: [(problem: DeliveryProblem, channels: Set<ContactChannel>)] = [
        (.landline, [.sms]), (.blocked, [.sms]), (.addressInvalid, [.sms, .call]), (.filtered, []), (.other, []),
    ]

    @Test("what a provider tells of a number closes its channels", arguments: closing)
    func closes(problem: DeliveryProblem, channels: Set<ContactChannel>) async throws {
        let touch = try await send(.accepted(providerID: "SM1"))
        try await ledger.record(report(touch, .undelivered(problem)))
        let claim = try #require(try await ledger.dueTouches(rooftop: given.rooftop.id, at: given.day(10), limit: 1).first)
        #expect(claim.undeliverable == channels)
        #expect(claim.permissions.channel() == (channels.isEmpty ? .sms : .email))
    }

    @Test("a number that wasn't reached is tried once more with the next touch, then another channel is used")
    func unreachable() async throws {
        let touch = try await send(.accepted(providerID: "SM1"))
        try await ledger.record(report(touch, .undelivered(.unreachable)))
        let second = try #require(try await ledger.dueTouches(rooftop: given.rooftop.id, at: given.day(10), limit: 1).first)
        #expect(second.permissions.channel() == .sms)
        try await given.send(at: given.day(10), .accepted(providerID: "SM2"))
        try await ledger.record(report(nil, .undelivered(.unreachable), generation: nil, providerID: "SM2"))
        let third = try #require(try await ledger.dueTouches(rooftop: given.rooftop.id, at: given.day(30), limit: 1).first)
        #expect(third.permissions.channel() == .email)
    }

    @Test("a text that the provider refuses because the customer opted out there opts them out here, and e-mail goes instead")
    func refused() async throws {
        let touch = try await send(.rejected(.optedOut, reason: "21610"))
        #expect(try await state(touch) == .planned)
        let claim = try #require(try await ledger.dueTouches(rooftop: given.rooftop.id, at: given.day(3) + 60, limit: 1).first)
        #expect(claim.optOuts == [.phone] && claim.permissions.channel() == .email && claim.sentAt.isEmpty)
    }

    @Test("a halted channel is told to every turn until a person lets it go on")
    func halted() async throws {
        let touch = try await send(.halted(reason: "20003"))
        #expect(try await state(touch) == .planned)
        let turn = try await ledger.beginTurn(rooftop: given.rooftop.id, hours: given.rooftop.hours, at: given.day(3) + 60)
        #expect(turn.halts.map(\.channel) == [.sms] && turn.halts.first?.reason == "20003")
        #expect(try await ledger.resume(.sms, at: given.day(3) + 90))
        #expect(try await ledger.resume(.sms, at: given.day(3) + 90) == false)
        #expect(try await ledger.halts().isEmpty)
    }

    @Test("a send taken for refused that the provider did accept counts after all, and isn't sent again")
    func acceptedAfterAll() async throws {
        let touch = try await send(.notAccepted(retryAt: given.day(3) + 600, reason: "429"))
        #expect(try await state(touch) == .planned)
        #expect(try await ledger.record(report(touch, .delivered)))
        #expect(try await state(touch) == .delivered)
        #expect(try await ledger.dueTouches(rooftop: given.rooftop.id, at: given.day(4), limit: 10).isEmpty)
        let next = try #require(try await ledger.dueTouches(rooftop: given.rooftop.id, at: given.day(10), limit: 1).first)
        #expect(next.sentAt == [given.day(3)])
    }

    @Test("what waits for the gateway is withdrawn when the customer stops, answers or is held meanwhile", arguments: ["STOP", "what time?", "can I stop by?"])
    func withdrawn(words: String) async throws {
        let claim = try #require(try await ledger.dueTouches(rooftop: given.rooftop.id, at: given.day(3), limit: 1).first)
        let intent = given.intent(claim, at: given.day(3))
        _ = try await ledger.commit([intent], [], at: given.day(3))
        #expect(try await ledger.withdrawn(among: [intent]).isEmpty)
        try await ledger.record(Inbound(rooftop: given.rooftop.id, from: .phone(phone), kind: .reply(words), at: given.day(3)))
        #expect(try await ledger.withdrawn(among: [intent]) == [claim.id])
    }
}
