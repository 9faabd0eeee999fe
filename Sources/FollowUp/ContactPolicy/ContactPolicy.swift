/// The rules of contact that hold whatever a script says: a touch passes all of them or it isn't sent.
///
/// Deciding is pure. The caller decides again right before it commits an intent, with the sends known by then.
public enum ContactPolicy {
    /// What is held until a person has read an answer is looked at again after this long.
    public static let heldLookSeconds: Int64 = 3600

    /// Nothing goes out before this day after any visit.
    public static let firstDayAfterVisit = 2
    public static let sendsPerCapPeriod = 3
    public static let capPeriodSeconds = 30 * Timestamp.secondsPerDay
    /// 72 hours between two touches to one contact.
    public static let spacingSeconds = 3 * Timestamp.secondsPerDay

    /// Decides on one touch. A blocked touch shifts later, never earlier, and expires past its last day.
    public static func decide(_ due: DueTouch, at now: Timestamp) -> Verdict {
        if let ended = due.ended { return .suppress(.ended(ended)) }
        let touch = due.touch
        if touch.state == .expired { return .expire(.arrivedTooLate(lastDay: touch.lastDay)) }
        let expiresAt = touch.expiresAt(in: due.zone)
        if now >= expiresAt { return .expire(.graceOver(lastDay: touch.lastDay)) }
        if let later = laterTouch(of: due, at: now) {
            return .supersede(.laterTouchDue(later.kind, plannedOn: later.plannedOn))
        }
        guard let channel = due.permissions.channel(wished: due.wishedChannel) else {
            return .suppress(.noPermittedChannel(due.permissions.refusals))
        }

        let latest = holds(on: due, at: now).max { $0.until < $1.until }
        let earliest = max(now, latest?.until ?? now)
        guard let opening = due.window.nextOpening(onOrAfter: earliest) else { return .expire(.neverOpen) }
        guard opening > now else {
            guard let closing = due.window.closing(after: now) else { return .expire(.neverOpen) }
            return .send(channel, notAfter: min(closing, expiresAt))
        }
        let reason = latest?.reason ?? due.window.closedReason(at: now).map(PostponeReason.closed) ?? .notDue
        if opening >= expiresAt {
            // Hours alone may have cost the last day although the other rules would have let it through.
            let blocker = earliest < expiresAt ? due.window.closedReason(at: earliest).map(PostponeReason.closed) : nil
            return .expire(.shiftedPastGrace(lastDay: touch.lastDay, by: blocker ?? reason))
        }
        return .postpone(until: opening, reason)
    }

    private typealias Hold = (until: Timestamp, reason: PostponeReason)

    /// The rules that don't permit the touch now, each with the first instant at which it does.
    private static func holds(on due: DueTouch, at now: Timestamp) -> [Hold] {
        var holds: [Hold] = []
        if due.isHeld { holds.append((now + heldLookSeconds, .held)) }
        if now < due.touch.dueAt { holds.append((due.touch.dueAt, .notDue)) }

        let permittedFrom = due.zone.timestamp(of: due.latestVisitOn + firstDayAfterVisit, .midnight)
        // A touch that isn't due yet is held only by a visit that outlasts its due time.
        if max(now, due.touch.dueAt) < permittedFrom {
            let day = due.zone.localDate(at: max(now, due.touch.dueAt)) - due.latestVisitOn
            holds.append((permittedFrom, .dayAfterVisit(day: day)))
        }

        let newestFirst = due.sentAt.sorted(by: >)
        if let last = newestFirst.first, now < last + spacingSeconds {
            holds.append((last + spacingSeconds, .spacing(lastSentAt: last)))
        }
        if newestFirst.count >= sendsPerCapPeriod {
            let freedAt = newestFirst[sendsPerCapPeriod - 1] + capPeriodSeconds
            let counted = newestFirst.count { $0 > now - capPeriodSeconds }
            if now < freedAt { holds.append((freedAt, .cap(sends: counted))) }
        }
        return holds
    }

    /// The latest of the other touches that are due by now and haven't expired, when it is later than this one.
    private static func laterTouch(of due: DueTouch, at now: Timestamp) -> PlannedTouch? {
        due.others.filter { other in
            other.state == .planned && other.dueAt > due.touch.dueAt && other.dueAt <= now
                && now < other.expiresAt(in: due.zone)
        }.max { $0.dueAt < $1.dueAt }
    }
}
