/// One touch of a visit's cadence, with the date that it is planned on and the instant that it is due.
public struct PlannedTouch: Sendable, Equatable {
    /// Whether the touch may still be sent when the visit arrives.
    public enum State: Sendable, Equatable {
        case planned
        /// The visit arrived after the touch's last day, so it is never sent.
        case expired
    }

    public let kind: TouchKind
    /// The visit's local date plus the kind's days, in the rooftop's calendar.
    public let plannedOn: LocalDate
    /// The rooftop's send time on that date, in its zone.
    public let dueAt: Timestamp
    /// The season that a `season` touch is tied to; nil for the other kinds.
    public let season: Season?
    public let state: State
    /// True when the visit arrived after the planned date, or so late that this first touch comes after day 7.
    public let isLate: Bool

    public init(
        kind: TouchKind, plannedOn: LocalDate, dueAt: Timestamp, season: Season? = nil, state: State = .planned,
        isLate: Bool = false
    ) {
        self.kind = kind
        self.plannedOn = plannedOn
        self.dueAt = dueAt
        self.season = season
        self.state = state
        self.isLate = isLate
    }

    /// The last local date on which the touch may be sent.
    public var lastDay: LocalDate { plannedOn + kind.graceDays }

    /// Gives the first instant at which the touch has expired: midnight after its last day in the rooftop's zone.
    public func expiresAt(in zone: Zone) -> Timestamp {
        zone.timestamp(of: lastDay + 1, .midnight)
    }
}
