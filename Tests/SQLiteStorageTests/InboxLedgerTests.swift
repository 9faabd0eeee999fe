import FollowUp
import Foundation
import SQLiteStorage
import Testing

/// What customers say and do, and what the team makes of it.
@Suite struct InboxLedgerTests {
    let given: FollowUpLedgerTests
    var ledger: SQLiteLedger { given.ledger }
    let phone = ContactPoint.phone("+13125550142")
    let email = ContactPoint.email("ana@example.com")

    init() async throws {
        given = try await FollowUpLedgerTests()
        try await given.take([given.visit("1", email: "ana@example.com")], at: given.day(1))
        try await given.send(at: given.day(3))
    }

    @discardableResult
    func say(_ words: String, from point: ContactPoint? = nil, id: String? = nil) async throws -> InboundReceipt {
        try await ledger.record(Inbound(rooftop: given.rooftop.id, from: point ?? phone, kind: .reply(words), at: given.day(4), providerID: id))
    }

    @Test("one customer has one conversation, by text and by e-mail, with the repair order beside it")
    func conversation() async throws {
        let first = try await say("what would it cost?")
        let second = try await say("and how long?", from: email)
        #expect(first.conversation == second.conversation)
        let conversation = try #require(try await ledger.conversation(first.conversation))
        #expect(conversation.roNumber?.text == "1" && conversation.items == ["front brakes"] || conversation.items.count == 1)
        #expect(conversation.customer.name == "Ana Diaz" && conversation.state == .open && !conversation.isHeld)
        #expect(conversation.entries.count == 3)
        guard case .touch(_, .sms("words"), .accepted)? = conversation.entries.first?.words else {
            Issue.record("the touch comes first: \(conversation.entries)")
            return
        }
        #expect(conversation.entries.last?.words == .reply("and how long?", .reply))
        #expect(try await ledger.conversations(rooftops: [given.rooftop.id], states: [.open], limit: 10).count == 1)
        #expect(try await ledger.conversations(rooftops: ["northgate"], states: [.open], limit: 10).isEmpty)
    }

    @Test("a message that the provider tells of twice is taken once, and answered alike")
    func repeated() async throws {
        let first = try await say("STOP", id: "SM1")
        #expect(first.isNew && first.answer == .optedOut && first.meaning == .optOut)
        let again = try await say("STOP", id: "SM1")
        #expect(!again.isNew && again.answer == .optedOut && again.conversation == first.conversation)
        let later = try await say("stop!", id: "SM2")
        #expect(later.isNew && later.answer == nil, "an opt-out is confirmed once")
        let help = try await say("HELP", id: "SM3")
        #expect(help.answer == .help)
        let back = try await say("START", id: "SM4")
        #expect(back.answer == .optedIn)
        #expect(try await say("STOP", id: "SM5").answer == .optedOut)
    }

    @Test("an answer that may mean stop holds every touch to the customer until a person has looked")
    func held() async throws {
        let other = try FollowUpLedgerTests.rooftop("northgate")
        try await ledger.register(other)
        try await given.take([given.visit("9", day: 4)], at: given.day(5), to: other)
        let receipt = try await say("can I stop by Tuesday?")
        #expect(receipt.meaning == .ambiguous)
        let claim = try #require(try await ledger.dueTouches(rooftop: other.id, at: given.day(7), limit: 1).first)
        #expect(claim.isHeld)
        #expect(try await ledger.commit([given.intent(claim, at: given.day(7), in: other)], [], at: given.day(7)).isEmpty)
        #expect(try await ledger.conversation(receipt.conversation)?.isHeld == true)
        try await ledger.settle(receipt.conversation, as: .closed, at: given.day(7))
        #expect(try await ledger.commit([given.intent(claim, at: given.day(7), in: other)], [], at: given.day(7)).count == 1)
    }

    @Test("an answer of the team is durable before it goes, moves the conversation on, and isn't begun to someone who opted out")
    func answer() async throws {
        let receipt = try await say("how long?", id: "SM1")
        let answer = try #require(try await ledger.queueAnswer(receipt.conversation, text: "An hour", by: "Kim", at: given.day(4)))
        #expect(try await ledger.waitingAnswers(limit: 10) == [answer])
        #expect(try await ledger.claim(answer.id, at: given.day(4)))
        #expect(try await ledger.claim(answer.id, at: given.day(4)) == false, "taken once")
        #expect(answer.to == phone && answer.inReplyTo == "SM1" && answer.rooftop == given.rooftop.id)
        try await ledger.settle(answer.id, .accepted(providerID: "SM9"), at: given.day(4))
        let conversation = try #require(try await ledger.conversation(receipt.conversation))
        #expect(conversation.state == .answered)
        #expect(conversation.entries.last?.words == .answer("An hour", by: "Kim", .accepted))
        let second = try #require(try await ledger.queueAnswer(receipt.conversation, text: "Or two", by: "Kim", at: given.day(4)))
        try await say("STOP", id: "SM2")
        #expect(try await ledger.claim(second.id, at: given.day(4)) == false)
        #expect(try await ledger.queueAnswer(receipt.conversation, text: "Sorry", by: "Kim", at: given.day(4)) == nil)
    }

    @Test("a booking that the team enters ends the follow-up and is counted")
    func booked() async throws {
        let receipt = try await say("call me")
        try await ledger.settle(receipt.conversation, as: .booked, at: given.day(5))
        let item = try #require(try await ledger.reportItems(rooftops: nil).first)
        #expect(item.bookedOn == given.visitOn + 5)
    }

    @Test("a link leads to its touch until its days are over; buttons book, ask for a call, and stop")
    func link() async throws {
        let touch = try await linked("k3v9q2x7mw")
        let link = try #require(try await ledger.bookingLink(token: "k3v9q2x7mw", at: given.day(11)))
        #expect(link.touch == touch && link.customer == phone && link.items.count == 1 && link.rooftopName == "Lakeside")
        #expect(try await ledger.bookingLink(token: "k3v9q2x7mx", at: given.day(11)) == nil)
        #expect(try await ledger.bookingLink(token: "k3v9q2x7mw", at: given.day(10) + Int64(BookingLink.daysValid) * 86_400) == nil)
        try await ledger.count(.machine, token: "k3v9q2x7mw", at: given.day(11))
        try await ledger.count(.person, token: "k3v9q2x7mw", at: given.day(11))
        #expect(try await ledger.history(of: touch)?.ended == nil)
        let booked = try await ledger.record(
            Inbound(rooftop: link.rooftop, from: link.customer, kind: .booking, at: given.day(11), touch: link.touch))
        #expect(booked.isNew && booked.meaning == nil)
        #expect(try await ledger.history(of: touch)?.ended == .booked)
    }

    /// Sends the day-10 touch with that link.
    func linked(_ token: String) async throws -> Touch.ID {
        let claim = try #require(try await ledger.dueTouches(rooftop: given.rooftop.id, at: given.day(10), limit: 1).first)
        let now = given.day(10)
        let intent = Intent(
            touch: claim.id, kind: claim.touch.kind, generation: claim.generation + 1, rooftop: given.rooftop.id, address: "+13125550142",
            message: .sms("words"), decidedAt: now, notAfter: now + 3600, bundleSHA256: "b", linkToken: token)
        #expect(try await ledger.commit([intent], [], at: now) == [claim.id])
        try await ledger.settle([SendResult(touch: claim.id, generation: intent.generation, outcome: .accepted(providerID: "p"), settledAt: now)])
        return claim.id
    }

    @Test("calls wait in a queue, once each, and what came of them is kept", arguments: CallTask.Outcome.allCases)
    func calls(outcome: CallTask.Outcome) async throws {
        let claim = try #require(try await ledger.dueTouches(rooftop: given.rooftop.id, at: given.day(10), limit: 1).first)
        let now = given.day(10)
        let intent = Intent(
            touch: claim.id, kind: claim.touch.kind, generation: claim.generation + 1, rooftop: given.rooftop.id, address: "+13125550142",
            message: .call(talkingPoints: "ask"), decidedAt: now, notAfter: now + 3600, bundleSHA256: "b")
        _ = try await ledger.commit([intent], [], at: now)
        try await ledger.queueCall(intent, at: now)
        try await ledger.queueCall(intent, at: now)
        try await ledger.settle([SendResult(touch: claim.id, generation: intent.generation, outcome: .accepted(providerID: "call"), settledAt: now)])
        let calls = try await ledger.calls(rooftops: nil, limit: 10)
        #expect(calls.map(\.talkingPoints) == ["ask"] && calls.first?.phone == "+13125550142" && calls.first?.roNumber.text == "1")
        #expect(try await ledger.settleCall(claim.id, outcome, at: now))
        #expect(try await ledger.settleCall(claim.id, outcome, at: now) == false)
        #expect(try await ledger.calls(rooftops: nil, limit: 10).isEmpty)
        let next = try await ledger.dueTouches(rooftop: given.rooftop.id, at: given.day(30), limit: 1).first
        switch outcome {
        case .noAnswer: #expect(next?.permissions.channel() == .sms)
        case .reached, .booked: #expect(next == nil)
        case .wrongNumber: #expect(next?.permissions.channel() == .email)
        case .stop: #expect(next?.optOuts == [.phone])
        }
    }
}
