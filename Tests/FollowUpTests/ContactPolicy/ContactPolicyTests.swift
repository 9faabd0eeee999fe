import FollowUp
import Testing

@Suite struct ContactPolicyTests {
    let zone: Zone
    let policy: ContactPolicy
    let visit = LocalDate(dayNumber: 20_515)  // 2026-03-03

    init() throws {
        zone = try Zone(identifier: "America/Chicago")
        let rooftop = Place(zone: zone, jurisdiction: .illinois)
        policy = ContactPolicy(
            window: ContactWindow(
                rooftop: RooftopHours(place: rooftop), recipient: RecipientLocation(phone: "+13125550142", rooftop: rooftop)),
            zone: zone)
    }

    static let reachable = Customer(phone: "+13125550142", email: "a@example.com", textOK: true, emailOK: true)

    func facts(
        _ kind: TouchKind = .reminder, customer: Customer = reachable, optedOut: Set<String> = [], sends: [Timestamp] = [],
        lastVisit: LocalDate? = nil, ended: EnrollmentEnd? = nil, laterDue: TouchKind? = nil
    ) -> ContactPolicy.Facts {
        let day = visit + kind.day
        return .init(
            touch: PlannedTouch(kind: kind, plannedOn: day, dueAt: zone.timestamp(of: day, Cadence.usualSendAt), isExpired: false),
            lastVisit: lastVisit ?? visit, ended: ended,
            permissions: ChannelPermissions(customer: customer, optedOut: optedOut), history: ContactHistory(sends), laterDue: laterDue)
    }

    func at(_ day: LocalDate, _ time: String) throws -> Timestamp { zone.timestamp(of: day, try #require(LocalTime(time))) }

    @Test("a due touch goes out by text until the window closes")
    func sends() throws {
        let verdict = policy.verdict(on: facts(), at: try at(visit + 3, "10:00"))
        #expect(verdict == .send(.sms, notAfter: try at(visit + 3, "17:00")))
    }

    @Test("R3: never on day 0 or 1 of a later visit either; it shifts to day 2")
    func secondVisit() throws {
        let verdict = policy.verdict(on: facts(lastVisit: visit + 3), at: try at(visit + 3, "10:00"))
        #expect(verdict == .postpone(until: try at(visit + 5, "10:00"), .tooSoonAfterVisit(visit + 3)))
    }

    @Test("R5: the fourth contact in 30 days waits, and expires when it can't wait that long")
    func cap() throws {
        let sends = [try at(visit - 21, "10:00"), try at(visit - 10, "10:00"), try at(visit - 4, "10:00")]
        #expect(policy.verdict(on: facts(sends: sends), at: try at(visit + 3, "10:00")) == .expire(.noRoom(lastDay: visit + 5, .cap(oldest: sends[0]))))
        let verdict = policy.verdict(on: facts(.condition, sends: sends), at: try at(visit + 10, "10:00"))
        #expect(verdict == .send(.sms, notAfter: try at(visit + 10, "17:00")))
        let sooner = [try at(visit - 18, "12:00"), sends[1], sends[2]]
        #expect(policy.verdict(on: facts(.condition, sends: sooner), at: try at(visit + 10, "10:00")) == .postpone(until: try at(visit + 12, "13:00"), .cap(oldest: sooner[0])))
    }

    @Test("72 hours lie between two contacts")
    func spacing() throws {
        let last = try at(visit + 1, "15:00")
        let verdict = policy.verdict(on: facts(sends: [last]), at: try at(visit + 3, "10:00"))
        #expect(verdict == .postpone(until: try at(visit + 4, "15:00"), .spacing(last: last)))
    }

    @Test("R8: a touch that an outage made late expires past its grace and is not sent stale")
    func lateness() throws {
        #expect(policy.verdict(on: facts(), at: try at(visit + 6, "09:00")) == .expire(.late(lastDay: visit + 5)))
        #expect(policy.verdict(on: facts(), at: try at(visit + 5, "16:59")) == .send(.sms, notAfter: try at(visit + 5, "17:00")))
        #expect(policy.verdict(on: facts(laterDue: .condition), at: try at(visit + 4, "10:00")) == .supersede(by: .condition))
    }

    @Test("outside the hours a touch waits for the next opening")
    func hours() throws {
        guard case .postpone(let until, .outsideHours) = policy.verdict(on: facts(), at: try at(visit + 3, "17:00")) else {
            Issue.record("expected to wait")
            return
        }
        #expect(until == (try at(visit + 4, "10:00")))
    }

    @Test("R18: the customer's preference decides, and text is the default")
    func preference() {
        var customer = Self.reachable
        #expect(ChannelPermissions(customer: customer, optedOut: []).channels == [.sms, .email, .call])
        customer.preferredChannel = .email
        #expect(ChannelPermissions(customer: customer, optedOut: []).channels == [.email, .sms, .call])
        customer.preferredChannel = .call
        #expect(ChannelPermissions(customer: customer, optedOut: []).channel(wish: nil) == .call)
    }

    @Test("R19: who opted out of text still gets e-mail, and the phone isn't called")
    func optedOut() throws {
        #expect(ChannelPermissions(customer: Self.reachable, optedOut: ["+13125550142"]).channels == [.email])
        let both = facts(optedOut: ["+13125550142", "a@example.com"])
        #expect(policy.verdict(on: both, wish: .sms, at: try at(visit + 3, "10:00")) == .suppress(.noPermittedChannel))
    }

    @Test("never asked is not yes: without consent to text it is e-mail, then a call")
    func consent() {
        var customer = Self.reachable
        customer.textOK = nil
        #expect(ChannelPermissions(customer: customer, optedOut: []).channels == [.email, .call])
        customer.emailOK = false
        #expect(ChannelPermissions(customer: customer, optedOut: []).channels == [.call])
    }

    @Test("a script's wish counts only among what is permitted")
    func wish() {
        let permissions = ChannelPermissions(customer: Self.reachable, optedOut: ["+13125550142"])
        #expect(permissions.channel(wish: .sms) == .email)
        #expect(ChannelPermissions(customer: Self.reachable, optedOut: []).channel(wish: .call) == .call)
    }

    @Test("R20: a touch of an ended follow-up is never sent", arguments: EnrollmentEnd.allCases)
    func ended(end: EnrollmentEnd) throws {
        #expect(policy.verdict(on: facts(ended: end), at: try at(visit + 3, "10:00")) == .suppress(.ended(end)))
    }
}
