/// A declined item of an enrollment, as the ledger keeps it.
public struct FollowedItem: Sendable, Equatable {
    /// The ledger's key of one item.
    public struct ID: Hashable, Sendable {
        public let number: Int64

        public init(_ number: Int64) {
            self.number = number
        }
    }

    public let id: ID
    public let enrollment: Enrollment.ID
    public let open: OpenItem
    /// The repair order that closed it; nil while it is open.
    public let closedBy: RepairOrder.Number?
    /// Whether a later visit declined the same work again, whose item counts instead.
    public let isDeclinedAgain: Bool

    public init(
        id: ID, enrollment: Enrollment.ID, open: OpenItem, closedBy: RepairOrder.Number? = nil,
        isDeclinedAgain: Bool = false
    ) {
        self.id = id
        self.enrollment = enrollment
        self.open = open
        self.closedBy = closedBy
        self.isDeclinedAgain = isDeclinedAgain
    }
}
