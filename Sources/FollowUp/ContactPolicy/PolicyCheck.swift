/// One rule of contact as it stands for a touch at an instant, for whoever asks why.
public struct PolicyCheck: Sendable, Equatable {
    public enum Rule: String, Sendable, CaseIterable {
        case followUp, due, consent, visit, hours, spacing, cap
    }

    public let rule: Rule
    public let isPassed: Bool
    /// "2 of 3 in 30 days", or what stands in the way.
    public let words: String
}

extension ContactPolicy {
    /// Every rule, in the order in which they are asked, also those behind the first that forbids.
    public static func checks(on due: DueTouch, at now: Timestamp) -> [PolicyCheck] {
        [followUp(due), isDue(due, at: now), consent(due), visit(due, at: now), hours(due, at: now), spacing(due, at: now), cap(due, at: now)]
    }

    private static func followUp(_ due: DueTouch) -> PolicyCheck {
        if due.isHeld, due.ended == nil { return PolicyCheck(rule: .followUp, isPassed: false, words: "\(PostponeReason.held)") }
        return PolicyCheck(rule: .followUp, isPassed: due.ended == nil, words: due.ended.map { "\($0)" } ?? "no reply, no booking")
    }

    private static func isDue(_ due: DueTouch, at now: Timestamp) -> PolicyCheck {
        let touch = due.touch
        if touch.state == .expired || now >= touch.expiresAt(in: due.zone) {
            return PolicyCheck(rule: .due, isPassed: false, words: "its last day was \(touch.lastDay)")
        }
        let local = due.zone.local(at: touch.dueAt)
        return PolicyCheck(rule: .due, isPassed: now >= touch.dueAt, words: now >= touch.dueAt ? "due" : "due \(local.date) \(local.time)")
    }

    private static func consent(_ due: DueTouch) -> PolicyCheck {
        let allowed = due.permissions.allowed
        if !allowed.isEmpty { return PolicyCheck(rule: .consent, isPassed: true, words: "may \(allowed.map(\.verb).joined(separator: ", "))") }
        return PolicyCheck(rule: .consent, isPassed: false, words: "\(SuppressReason.noPermittedChannel(due.permissions.refusals))")
    }

    private static func visit(_ due: DueTouch, at now: Timestamp) -> PolicyCheck {
        let day = due.zone.localDate(at: now) - due.latestVisitOn
        return PolicyCheck(rule: .visit, isPassed: day >= firstDayAfterVisit, words: "day \(day) after the visit")
    }

    private static func hours(_ due: DueTouch, at now: Timestamp) -> PolicyCheck {
        if let reason = due.window.closedReason(at: now) { return PolicyCheck(rule: .hours, isPassed: false, words: "\(reason)") }
        let today = due.window.rooftop.hours[due.window.rooftop.place.zone.localDate(at: now).weekday]
        return PolicyCheck(rule: .hours, isPassed: true, words: "hours \(today.map { "\($0)" } ?? "")")
    }

    private static func spacing(_ due: DueTouch, at now: Timestamp) -> PolicyCheck {
        guard let last = due.sentAt.max() else { return PolicyCheck(rule: .spacing, isPassed: true, words: "nothing sent yet") }
        let days = (now - last) / Timestamp.secondsPerDay
        return PolicyCheck(
            rule: .spacing, isPassed: now - last >= spacingSeconds, words: "\(days) \(days == 1 ? "day" : "days") since the last touch")
    }

    private static func cap(_ due: DueTouch, at now: Timestamp) -> PolicyCheck {
        let counted = due.sentAt.count { $0 > now - capPeriodSeconds }
        return PolicyCheck(rule: .cap, isPassed: counted < sendsPerCapPeriod, words: "\(counted) of \(sendsPerCapPeriod) in 30 days")
    }
}

extension ContactChannel {
    fileprivate var verb: String {
        switch self {
        case .sms: "text"
        case .email: "e-mail"
        case .call: "call"
        }
    }
}
