import FollowUp
import Testing

@Suite struct ContactPolicyPropertyTests {
    static let cases = 10_000

    @Test("promises 1, 2, 3 and 9: whatever the customer, the zones, the wish and the delay, a send keeps every rule")
    func sendsKeepTheRules() throws {
        var random = SeededGenerator.announced()
        let zones = try UnitedStatesAndCanadaZones.identifiers.map { try Zone(identifier: $0) }
        var sent = 0
        for _ in 0..<Self.cases {
            let story = try Story(zones: zones, using: &random)
            // The dispatcher's loop: ask, and when told to wait, ask again then.
            var now = story.start
            for _ in 0..<20 {
                let verdict = story.policy.verdict(on: story.facts, wish: story.wish, at: now)
                if case .postpone(let until, _) = verdict {
                    #expect(until > now, "a touch waits for later, never for now")
                    now = until
                    continue
                }
                if case .send(let channel, let notAfter) = verdict {
                    story.check(channel, at: now, notAfter: notAfter)
                    sent += 1
                }
                break
            }
        }
        #expect(sent > Self.cases / 20, "only \(sent) of \(Self.cases) cases sent anything")
    }
}

/// One generated customer with a due touch, and the rules written once more, without the policy's code.
private struct Story {
    let policy: ContactPolicy
    let facts: ContactPolicy.Facts
    let customer: Customer
    let optedOut: Set<String>
    let start: Timestamp
    let wish: ContactChannel?

    init(zones: [Zone], using random: inout SeededGenerator) throws {
        guard let zone = zones.randomElement(using: &random), let kind = TouchKind.allCases.randomElement(using: &random) else {
            preconditionFailure("no zones")
        }
        let areas = ["312", "212", "415", "602", "850", "808", "907", "506", "800", "787"]
        let phone = Bool.random(using: &random) ? "+1\(areas.randomElement(using: &random) ?? "312")5550142" : nil
        customer = Customer(
            phone: phone, email: Bool.random(using: &random) ? "a@example.com" : nil,
            textOK: [true, false, nil].randomElement(using: &random) ?? nil,
            emailOK: [true, false, nil].randomElement(using: &random) ?? nil,
            preferredChannel: Customer.Preference.allCases.randomElement(using: &random))
        var optedOut: Set<String> = []
        if let phone, Int.random(in: 0..<5, using: &random) == 0 { optedOut.insert(phone) }
        if Int.random(in: 0..<5, using: &random) == 0 { optedOut.insert("a@example.com") }
        self.optedOut = optedOut
        let place = Place(zone: zone, jurisdiction: nil)
        policy = ContactPolicy(
            window: ContactWindow(rooftop: RooftopHours(place: place), recipient: RecipientLocation(phone: phone, rooftop: place)),
            zone: zone)
        // Visits whose touches fall around both changes of clocks of 2026.
        let visit = LocalDate(dayNumber: (Bool.random(using: &random) ? 20_515 : 20_752) + Int.random(in: -8...8, using: &random))
        let planned = visit + kind.day
        let due = zone.timestamp(of: planned, Cadence.usualSendAt)
        start = due + Int64.random(in: -90_000...900_000, using: &random)
        let sends = (0..<Int.random(in: 0...4, using: &random)).map { _ in due - Int64.random(in: 0...3_500_000, using: &random) }
        facts = .init(
            touch: PlannedTouch(kind: kind, plannedOn: planned, dueAt: due, isExpired: false),
            lastVisit: visit + (Int.random(in: 0..<4, using: &random) == 0 ? Int.random(in: 0...kind.day, using: &random) : 0),
            permissions: ChannelPermissions(customer: customer, optedOut: optedOut), history: ContactHistory(sends))
        wish = ContactChannel.allCases.randomElement(using: &random)
    }

    func check(_ channel: ContactChannel, at now: Timestamp, notAfter: Timestamp) {
        let today = policy.zone.localDate(at: now)
        #expect(today - facts.lastVisit >= 2)
        #expect(now >= facts.touch.dueAt)
        #expect(today - facts.touch.plannedOn <= facts.touch.kind.graceDays)
        #expect(facts.history.sends.filter { $0 > now - 30 * 86_400 }.count < 3)
        #expect(facts.history.sends.allSatisfy { now - $0 >= 72 * 3600 })
        #expect(policy.window.isOpen(at: now) && policy.window.isOpen(at: notAfter - 1))
        switch channel {
        case .sms: #expect(customer.textOK == true && customer.phone.map { !optedOut.contains($0) } == true)
        case .email: #expect(customer.emailOK != false && customer.email.map { !optedOut.contains($0) } == true)
        case .call: #expect(customer.phone.map { !optedOut.contains($0) } == true)
        }
    }
}
