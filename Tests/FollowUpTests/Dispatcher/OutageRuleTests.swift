import FollowUp
import Testing

@Suite struct OutageRuleTests {
    private let hours: RooftopHours
    private let now = Timestamp(secondsSince1970: 1_772_800_000)

    init() throws {
        hours = RooftopHours(place: Place(zone: try Given.chicago, jurisdiction: nil))
    }

    private func pace(
        afterHours stop: Int64, sent: Int = 0, _ before: OutageRule.Pace = .free
    ) -> OutageRule.Pace {
        OutageRule.pace(after: before, lastRunAt: now - stop * 3600, sentBefore: sent, hours: hours, now: now)
    }

    @Test("R8: after a stop of over 6 hours the backlog goes out at no more than twice the normal hourly rate")
    func spreads() {
        #expect(pace(afterHours: 6) == .free)
        // 28 days of 7 open hours, 1,960 touches: ten an hour.
        #expect(pace(afterHours: 7, sent: 1_960) == .spreading(perHour: 20, since: now))
        #expect(pace(afterHours: 7) == .spreading(perHour: OutageRule.leastPerHour, since: now))
    }

    @Test("R8: after over 7 days nothing goes out until a person says so")
    func waits() {
        #expect(pace(afterHours: 7 * 24, sent: 1_960) == .spreading(perHour: 20, since: now))
        #expect(pace(afterHours: 7 * 24 + 1) == .held(since: now))
        #expect(pace(afterHours: 8, .held(since: now)) == .held(since: now), "another stop is no word")
    }

    @Test("R8: what a dispatcher may send in an hour counts what it has sent")
    func allowance() {
        #expect(DispatchTurn(pace: .spreading(perHour: 20, since: now), sentInLastHour: 17).allowance == 3)
        #expect(DispatchTurn(pace: .spreading(perHour: 20, since: now), sentInLastHour: 30).allowance == 0)
        #expect(DispatchTurn(pace: .held(since: now), sentInLastHour: 0).allowance == 0)
    }
}
