/// Decides what happens to a due touch. It is asked before a touch is written and again before it is handed over.
///
/// A script has one word in it, the channel it would like, and even that only among those permitted.
public struct ContactPolicy: Sendable {
    /// All that the decision rests on.
    public struct Facts: Sendable {
        public var touch: PlannedTouch
        /// The latest visit of the customer's vehicle, which a merged second visit moves on.
        public var lastVisit: LocalDate
        public var ended: EnrollmentEnd?
        public var permissions: ChannelPermissions
        public var history: ContactHistory
        /// The kind of a later touch that is due to the same contact point as well.
        public var laterDue: TouchKind?

        public init(
            touch: PlannedTouch, lastVisit: LocalDate, ended: EnrollmentEnd? = nil, permissions: ChannelPermissions,
            history: ContactHistory, laterDue: TouchKind? = nil
        ) {
            self.touch = touch
            self.lastVisit = lastVisit
            self.ended = ended
            self.permissions = permissions
            self.history = history
            self.laterDue = laterDue
        }
    }

    private static let shiftsMost = 8

    public let window: ContactWindow
    public let zone: Zone

    public init(window: ContactWindow, zone: Zone) {
        self.window = window
        self.zone = zone
    }

    public func verdict(on facts: Facts, wish: ContactChannel? = nil, at now: Timestamp) -> Verdict {
        if let ended = facts.ended { return .suppress(.ended(ended)) }
        let lastDay = facts.touch.plannedOn + facts.touch.kind.graceDays
        if zone.localDate(at: now) > lastDay { return .expire(.late(lastDay: lastDay)) }
        guard let channel = facts.permissions.channel(wish: wish) else { return .suppress(.noPermittedChannel) }
        if now < facts.touch.dueAt { return .postpone(until: facts.touch.dueAt, .notYetDue) }
        if let later = facts.laterDue { return .supersede(by: later) }
        let (allowed, reason) = earliest(for: facts, onOrAfter: now)
        guard let reason else {
            guard let closing = window.closing(after: now) else { return .postpone(until: now, .outsideHours("closed")) }
            return .send(channel, notAfter: closing)
        }
        guard let allowed, zone.localDate(at: allowed) <= lastDay else { return .expire(.noRoom(lastDay: lastDay, reason)) }
        return .postpone(until: allowed, reason)
    }

    /// The first instant that every rule permits, and the last rule that moved it; no rule means `now` itself. Nil when
    /// there is none within reach.
    private func earliest(for facts: Facts, onOrAfter now: Timestamp) -> (at: Timestamp?, because: PostponeReason?) {
        var at = now
        var because: PostponeReason?
        for _ in 0..<Self.shiftsMost {
            let before = at
            if zone.localDate(at: at) < facts.lastVisit + 2 {
                at = zone.timestamp(of: facts.lastVisit + 2, .midnight)
                because = .tooSoonAfterVisit(facts.lastVisit)
            }
            let permitted = facts.history.permits(onOrAfter: at)
            if let reason = permitted.because { (at, because) = (permitted.at, reason) }
            if let closed = window.closedReason(at: at) {
                because = because ?? .outsideHours(closed.description)
                guard let opening = window.nextOpening(onOrAfter: at) else { return (nil, because) }
                at = opening
            }
            if at == before { return (at, because) }
        }
        return (nil, because)
    }
}
