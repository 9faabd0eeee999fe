import FollowUp
import Testing

@Suite struct ContactPolicyTests {
    private static let reachable = Customer(phone: "+13125550142", email: "a@example.net", textOK: true)

    private func due(
        _ kind: TouchKind = .reminder, visitOn: String = "2026-03-03", latestVisitOn: String? = nil,
        customer: Customer = reachable, optOuts: Set<ChannelPermissions.OptOut> = [], wish: ContactChannel? = nil,
        sentAt: [Timestamp] = [], closedDates: Set<LocalDate> = [], others: [PlannedTouch] = [], ended: EnrollmentEnd? = nil,
        state: PlannedTouch.State = .planned
    ) throws -> DueTouch {
        let zone = try Given.chicago
        let place = Place(zone: zone, jurisdiction: nil)
        let visit = try Given.date(visitOn)
        return DueTouch(
            touch: try touch(kind, visitOn: visitOn, state: state), zone: zone,
            latestVisitOn: try latestVisitOn.map(Given.date) ?? visit,
            permissions: ChannelPermissions(customer: customer, optOuts: optOuts), wishedChannel: wish, sentAt: sentAt,
            window: ContactWindow(
                rooftop: RooftopHours(place: place, closedDates: closedDates),
                recipient: RecipientLocation(phone: customer.phone, rooftop: place)),
            others: others, ended: ended)
    }

    private func touch(_ kind: TouchKind, visitOn: String, state: PlannedTouch.State = .planned) throws -> PlannedTouch {
        let plannedOn = try Given.date(visitOn) + kind.day
        return PlannedTouch(
            kind: kind, plannedOn: plannedOn, dueAt: try Given.chicago.timestamp(of: plannedOn, Cadence.usualSendAt), state: state)
    }

    private func at(_ date: String, _ time: String = "10:00") throws -> Timestamp {
        try Given.instant(date, time, in: Given.chicago)
    }

    @Test("R2: a touch goes out at its planned instant, not a second before, and not past the window's end")
    func onTime() throws {
        let noon = try at("2026-03-06")
        #expect(ContactPolicy.decide(try due(), at: noon) == .send(.sms, notAfter: try at("2026-03-06", "17:00")))
        #expect(ContactPolicy.decide(try due(), at: noon - 1) == .postpone(until: noon, .notDue))
    }

    @Test("R3: never on day 0 or 1, even when a script asks", arguments: [("2026-03-06", 0), ("2026-03-05", 1)])
    func neverRightAfterAVisit(latestVisitOn: String, day: Int) throws {
        let decided = ContactPolicy.decide(try due(latestVisitOn: latestVisitOn, wish: .sms), at: try at("2026-03-06"))
        let until = try Given.date(latestVisitOn) + 2
        #expect(decided == .postpone(until: try at(until.description), .dayAfterVisit(day: day)))
    }

    @Test("R3: day 2 after a visit is permitted")
    func dayTwo() throws {
        #expect(isSend(ContactPolicy.decide(try due(latestVisitOn: "2026-03-04"), at: try at("2026-03-06"))))
    }

    @Test("R5: the fourth touch in 30 days is postponed until the oldest is 30 days old")
    func cap() throws {
        let sent = try [at("2026-03-05", "12:00"), at("2026-03-13"), at("2026-03-20")]
        let four = try due(.final, sentAt: sent.shuffled())
        #expect(ContactPolicy.decide(four, at: try at("2026-04-02")) == .postpone(until: sent[0] + 30 * 86_400, .cap(sends: 3)))
        #expect(isSend(ContactPolicy.decide(four, at: sent[0] + 30 * 86_400)))
        #expect(isSend(ContactPolicy.decide(try due(.final, sentAt: Array(sent.dropFirst())), at: try at("2026-04-02"))))
    }

    @Test("R5: a cap that outlasts the grace expires the touch and says so")
    func capPastGrace() throws {
        let sent = try [at("2026-02-20"), at("2026-02-24"), at("2026-02-28")]
        let decided = ContactPolicy.decide(try due(sentAt: sent), at: try at("2026-03-06"))
        #expect(decided == .expire(.shiftedPastGrace(lastDay: try Given.date("2026-03-08"), by: .cap(sends: 3))))
        #expect("\(decided)" == "expired: it would have gone out after its last day, 2026-03-08: the customer was contacted 3 times in the last 30 days")
    }

    @Test("R5: two touches to one contact lie 72 hours apart")
    func spacing() throws {
        let last = try at("2026-03-11", "12:00")
        let condition = try due(.condition, sentAt: [last])
        #expect(ContactPolicy.decide(condition, at: try at("2026-03-13")) == .postpone(until: last + 72 * 3600, .spacing(lastSentAt: last)))
        #expect(ContactPolicy.decide(condition, at: last + 72 * 3600 - 1) == .postpone(until: last + 72 * 3600, .spacing(lastSentAt: last)))
        #expect(isSend(ContactPolicy.decide(condition, at: last + 72 * 3600)))
    }

    @Test("R8: a closed day shifts the touch to the next open day")
    func closedDay() throws {
        let holiday = try Given.date("2026-03-06")
        guard case .postpone(let until, .closed(.closedDate(let date, _))) = ContactPolicy.decide(
            try due(closedDates: [holiday]), at: try at("2026-03-06"))
        else { Issue.record("not postponed for the closed day"); return }
        #expect(until == (try at("2026-03-07")))
        #expect(date == holiday)
    }

    @Test("R8: after an outage a touch is sent within its grace and expires past it")
    func lateness() throws {
        #expect(isSend(ContactPolicy.decide(try due(), at: try at("2026-03-08", "16:59"))))
        guard case .expire(.shiftedPastGrace(_, .closed)) = ContactPolicy.decide(try due(), at: try at("2026-03-08", "17:00"))
        else { Issue.record("sent or postponed past its last window"); return }
        #expect(ContactPolicy.decide(try due(), at: try at("2026-03-09")) == .expire(.graceOver(lastDay: try Given.date("2026-03-08"))))
    }

    @Test("R8: of two touches due for one contact only the later goes out, unless it has expired or isn't due")
    func superseded() throws {
        let later = try touch(.condition, visitOn: "2026-02-24")  // March 6
        let earlier = try due(others: [later, touch(.final, visitOn: "2026-03-03")])
        let early = try touch(.reminder, visitOn: "2026-03-02")  // March 5, in grace until March 7
        var first = earlier
        first.touch = early
        let now = try at("2026-03-06", "11:00")
        #expect(ContactPolicy.decide(first, at: now) == .supersede(.laterTouchDue(.condition, plannedOn: later.plannedOn)))
        #expect(isSend(ContactPolicy.decide(earlier, at: now)), "two due at the same instant don't cancel each other")
        first.others = [try touch(.condition, visitOn: "2026-02-24", state: .expired), try touch(.reminder, visitOn: "2026-03-04")]
        #expect(isSend(ContactPolicy.decide(first, at: now)))
    }

    @Test("R20: nothing goes out once the enrollment has ended, and the reason is kept", arguments: EnrollmentEnd.allCases)
    func ended(end: EnrollmentEnd) throws {
        let decided = ContactPolicy.decide(try due(ended: end), at: try at("2026-03-06"))
        #expect(decided == .suppress(.ended(end)))
        #expect("\(decided)" == "suppressed: \(end)")
    }

    @Test("R4: a reminder that had expired on arrival is never sent")
    func expiredOnArrival() throws {
        let decided = ContactPolicy.decide(try due(state: .expired), at: try at("2026-03-06"))
        #expect(decided == .expire(.arrivedTooLate(lastDay: try Given.date("2026-03-08"))))
    }

    @Test("R19: without a permitted channel the touch is suppressed with each channel's reason")
    func noChannel() throws {
        let decided = ContactPolicy.decide(
            try due(customer: Customer(phone: "+13125550142", textOK: true), optOuts: [.phone]), at: try at("2026-03-06"))
        #expect("\(decided)" == "suppressed: no channel is permitted: sms (the phone number opted out), "
            + "email (there is no e-mail address), call (the phone number opted out)")
    }

    @Test("R18: a script's wish picks a permitted channel and no other")
    func wish() throws {
        let now = try at("2026-03-06")
        #expect(channel(ContactPolicy.decide(try due(wish: .email), at: now)) == .email)
        let noText = Customer(phone: "+13125550142", email: "a@example.net")
        #expect(channel(ContactPolicy.decide(try due(customer: noText, wish: .sms), at: now)) == .email)
    }

    private func channel(_ verdict: Verdict) -> ContactChannel? {
        guard case .send(let channel, _) = verdict else { return nil }
        return channel
    }

    private func isSend(_ verdict: Verdict) -> Bool { channel(verdict) != nil }
}
