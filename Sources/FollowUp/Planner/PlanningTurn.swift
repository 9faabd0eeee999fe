/// What a planning worker's turn came to.
public struct PlanningTurn: Sendable, Equatable {
    /// Visits planned.
    public var visits = 0
    /// Of these, visits with declined work that arrived after the last day of their last touch: nothing is sent for them.
    public var tooOld = 0

    public init() {}
}
