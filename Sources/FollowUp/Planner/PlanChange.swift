/// One thing that the ledger is to change because of a visit.
public enum PlanChange: Sendable, Equatable {
    /// Begin a sequence for the visit's items.
    case enroll([ClassifiedItem], touches: [PlannedTouch])
    /// Add the visit's items to a sequence; its touches stay.
    case merge([ClassifiedItem], into: Enrollment.ID)
    /// Describe an item as a later revision of its repair order does.
    case describe(FollowedItem.ID, as: ClassifiedItem)
    /// A later visit declined the same work again, and its item counts instead.
    case declinedAgain(FollowedItem.ID)
    /// The repair order no longer says that this was declined.
    case withdraw(FollowedItem.ID)
    case close(FollowedItem.ID, Closure)
    /// The repair order that closed the item, or declined its work again, no longer does.
    case reopen(FollowedItem.ID)
    /// The customer, or someone who shares a contact point, was here: nothing is sent on that day and the next.
    case visited(Enrollment.ID, on: LocalDate)
    /// What this repair order says of address and consent holds from now on.
    case readdress(Enrollment.ID)
    /// The visit's date was corrected before anything was sent.
    case replan(Enrollment.ID, visitOn: LocalDate, touches: [PlannedTouch])
    case end(Enrollment.ID, EnrollmentEnd)
    /// Look again at repair orders that may have done what this one declined.
    case lookAgain(at: [RepairOrder.Number])
}
