import Foundation
import FollowUp
import Testing

@Suite struct ContactPolicyPropertyTests {
    private static let caseCount = 10_000
    private static let zones = ["America/New_York", "America/Chicago", "America/Phoenix", "America/Los_Angeles", "Pacific/Honolulu"]
    private static let phones = ["+13055550142", "+18505550142", "+12145550142", "+14015550142", "+18005550142", "+16025550142"]

    @Test("R3, R5: decide sends exactly when day, cap, 72 hours, permission, window and grace all permit, and a postponed touch is sent then")
    func agreesWithTheRules() throws {
        let seed = ProcessInfo.processInfo.environment["REVISIT_SEED"].flatMap(UInt64.init) ?? UInt64.random(in: 0...999_999_999)
        print("contact policy property: REVISIT_SEED=\(seed)")
        var generator = SeededGenerator(seed: seed)
        var sends = 0
        var postponed = 0
        var expired = 0
        for index in 0..<Self.caseCount {
            let (due, customer, optOuts, now) = try Self.randomCase(using: &generator)
            let note: Comment = "seed \(seed), case \(index), now \(now), \(due.touch), sent \(due.sentAt), visit \(due.latestVisitOn)"
            let verdict = ContactPolicy.decide(due, at: now)
            let channels = Self.permitted(customer, optOuts)
            let permits = Self.permits(due, at: now) && !channels.isEmpty
            switch verdict {
            case .send(let channel, let notAfter):
                sends += 1
                try #require(permits, note)
                try #require(channels.contains(channel), note)
                if let wished = due.wishedChannel, channels.contains(wished) { try #require(channel == wished, note) }
                try #require(notAfter > now && due.window.isOpen(at: notAfter - 1), note)
                try #require(due.zone.localDate(at: notAfter - 1) <= due.touch.plannedOn + due.touch.kind.graceDays, note)
            case .postpone(let until, _):
                postponed += 1
                try #require(!permits && until > now, note)
                var alone = due
                alone.others = []
                try #require(Self.permits(alone, at: until), note)
                // One permitted minute before `until` would mean that the touch waits for nothing.
                let earlier = now + Int64.random(in: 0..<(until - now), using: &generator)
                try #require(!Self.permits(alone, at: earlier), note)
                guard case .send = ContactPolicy.decide(alone, at: until) else {
                    Issue.record("a postponed touch isn't sent at its new time: \(note)")
                    return
                }
            case .expire:
                expired += 1
                var alone = due
                alone.others = []
                let later = now + Int64.random(in: 0..<(12 * Timestamp.secondsPerDay), using: &generator)
                try #require(!Self.permits(alone, at: later), note)
            case .suppress, .supersede:
                try #require(!permits, note)
            }
        }
        // The cases are worth something only when every outcome is frequent.
        #expect(sends > Self.caseCount / 50)
        #expect(postponed > Self.caseCount / 20)
        #expect(expired > Self.caseCount / 20)
    }

    /// The rules written once more, each on its own, without shifting.
    private static func permits(_ due: DueTouch, at now: Timestamp) -> Bool {
        let today = due.zone.localDate(at: now)
        let recent = due.sentAt.filter { $0.secondsSince1970 > now.secondsSince1970 - 2_592_000 }
        let superseded = due.others.contains { other in
            other.state == .planned && other.dueAt > due.touch.dueAt && other.dueAt <= now
                && today <= other.plannedOn + other.kind.graceDays
        }
        return due.ended == nil && due.touch.state == .planned && now >= due.touch.dueAt
            && today <= due.touch.plannedOn + due.touch.kind.graceDays && today - due.latestVisitOn >= 2 && recent.count < 3
            && due.sentAt.allSatisfy { now.secondsSince1970 - $0.secondsSince1970 >= 259_200 }
            && due.window.isOpen(at: now) && !superseded
    }

    private static func permitted(_ customer: Customer, _ optOuts: Set<ChannelPermissions.OptOut>) -> Set<ContactChannel> {
        var channels: Set<ContactChannel> = []
        if customer.phone != nil && !optOuts.contains(.phone) {
            channels.insert(.call)
            if customer.textOK == true { channels.insert(.sms) }
        }
        if customer.email != nil && !optOuts.contains(.email) && customer.emailOK != false { channels.insert(.email) }
        return channels
    }

    private static func randomCase(using generator: inout SeededGenerator) throws -> (
        due: DueTouch, customer: Customer, optOuts: Set<ChannelPermissions.OptOut>, now: Timestamp
    ) {
        let zone = try Zone(identifier: #require(zones.randomElement(using: &generator)))
        let place = Place(zone: zone, jurisdiction: nil)
        let visitOn = try Given.date("2026-01-01") + Int.random(in: 0..<365, using: &generator)
        let touch = try randomTouch(visitOn: visitOn, zone: zone, using: &generator)
        let now = touch.dueAt + Int64.random(in: -86_400...(9 * 86_400), using: &generator)
        let consent: [Bool?] = [true, true, false, nil]
        let customer = Customer(
            phone: Int.random(in: 0..<4, using: &generator) == 0 ? nil : phones.randomElement(using: &generator),
            email: Bool.random(using: &generator) ? "a@example.net" : nil,
            textOK: try #require(consent.randomElement(using: &generator)),
            emailOK: try #require(consent.randomElement(using: &generator)),
            preferredChannel: Customer.Preference.allCases.randomElement(using: &generator))
        let optOuts: Set<ChannelPermissions.OptOut> = switch Int.random(in: 0..<8, using: &generator) {
        case 0: [.phone]
        case 1: [.email]
        default: []
        }
        var sentAt: [Timestamp] = []
        for _ in 0..<Int.random(in: 0...4, using: &generator) {
            sentAt.append(now - Int64.random(in: 0...(40 * 86_400), using: &generator))
        }
        var others: [PlannedTouch] = []
        if Int.random(in: 0..<4, using: &generator) == 0 {
            others.append(try randomTouch(visitOn: visitOn + Int.random(in: -30...30, using: &generator), zone: zone, using: &generator))
        }
        let latestVisitOn = Bool.random(using: &generator)
            ? visitOn : max(visitOn, zone.localDate(at: now) - Int.random(in: 0...4, using: &generator))
        let due = DueTouch(
            touch: touch, zone: zone, latestVisitOn: latestVisitOn,
            permissions: ChannelPermissions(customer: customer, optOuts: optOuts),
            wishedChannel: ContactChannel.allCases.randomElement(using: &generator), sentAt: sentAt,
            window: ContactWindow(
                rooftop: RooftopHours(place: place), recipient: RecipientLocation(phone: customer.phone, rooftop: place)),
            others: others, ended: Int.random(in: 0..<20, using: &generator) == 0 ? .booked : nil)
        return (due, customer, optOuts, now)
    }

    private static func randomTouch(visitOn: LocalDate, zone: Zone, using generator: inout SeededGenerator) throws -> PlannedTouch {
        let kind = try #require(TouchKind.allCases.randomElement(using: &generator))
        return PlannedTouch(
            kind: kind, plannedOn: visitOn + kind.day, dueAt: zone.timestamp(of: visitOn + kind.day, Cadence.usualSendAt),
            state: Int.random(in: 0..<20, using: &generator) == 0 ? .expired : .planned)
    }
}
