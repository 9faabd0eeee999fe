/// Why an enrollment's remaining touches are not sent.
public enum EnrollmentEnd: String, Sendable, CaseIterable {
    case booked, replied, done
    case doneElsewhere = "done_elsewhere"
    case optedOut = "opted_out"
    case void, withdrawn, complete
}

extension EnrollmentEnd: CustomStringConvertible {
    /// "the customer booked"
    public var description: String {
        switch self {
        case .booked: "the customer booked"
        case .replied: "the customer replied"
        case .done: "the work was done"
        case .doneElsewhere: "the work was done elsewhere"
        case .optedOut: "the customer opted out"
        case .void: "the repair order was voided"
        case .withdrawn: "the repair order was revised and nothing on it is declined any more"
        case .complete: "the sequence is complete"
        }
    }
}
