/// A touch as the cadence plans it, before anything is asked of policy.
public struct PlannedTouch: Sendable, Equatable {
    public let kind: TouchKind
    /// The rooftop-local day; kept beside the instant, which is derived from it.
    public let plannedOn: LocalDate
    public let dueAt: Timestamp
    /// The visit came in too late for this touch.
    public let isExpired: Bool

    public init(kind: TouchKind, plannedOn: LocalDate, dueAt: Timestamp, isExpired: Bool) {
        self.kind = kind
        self.plannedOn = plannedOn
        self.dueAt = dueAt
        self.isExpired = isExpired
    }
}
