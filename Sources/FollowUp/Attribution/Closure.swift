/// The end of a declined item: a later repair order that did the work, or that says it was done elsewhere.
public struct Closure: Sendable, Equatable {
    public enum Outcome: Sendable, Equatable {
        /// Done here. The cents are what the repair order charges, else the estimate, else 0.
        case performed(recoveredCents: Int)
        /// Done at another shop: no revenue.
        case doneElsewhere
    }

    public let roNumber: RepairOrder.Number
    public let closedOn: LocalDate
    public let outcome: Outcome
    /// Whether a touch was accepted on an earlier date than the closing; only then does follow-up get the credit.
    public let followsTouch: Bool

    public init(roNumber: RepairOrder.Number, closedOn: LocalDate, outcome: Outcome, followsTouch: Bool) {
        self.roNumber = roNumber
        self.closedOn = closedOn
        self.outcome = outcome
        self.followsTouch = followsTouch
    }

    /// Cents that the report counts as recovered by follow-up.
    public var recoveredByFollowUpCents: Int {
        switch outcome {
        case .performed(let recoveredCents): followsTouch ? recoveredCents : 0
        case .doneElsewhere: 0
        }
    }
}
