/// A repair order that the ledger took in or revised, with what the ledger holds around it.
public struct ArrivedVisit: Sendable {
    public var repairOrder: RepairOrder
    /// The items that earlier revisions of this number brought and that were not withdrawn.
    public var ownItems: [FollowedItem]
    /// Other items of the rooftop that may be of the same vehicle or customer: the open ones, those that this number
    /// closed, and those of running enrollments that were declined again.
    public var otherItems: [FollowedItem]
    /// The running enrollments of the rooftop that may be of the same vehicle or customer.
    public var running: [Enrollment]
    /// Repair orders of the same vehicle or customer, closed on this one's date or later, which may have done its work.
    public var later: [RepairOrder]

    public init(
        repairOrder: RepairOrder, ownItems: [FollowedItem] = [], otherItems: [FollowedItem] = [],
        running: [Enrollment] = [], later: [RepairOrder] = []
    ) {
        self.repairOrder = repairOrder
        self.ownItems = ownItems
        self.otherItems = otherItems
        self.running = running
        self.later = later
    }
}
