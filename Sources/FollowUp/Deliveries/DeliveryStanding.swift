/// What waits for a person, and what went wrong of late.
public struct DeliveryStanding: Sendable, Equatable {
    public let halts: [ChannelHalt]
    /// Touches of which nobody will ever know whether they were sent, unless a person finds out.
    public let parked: [Touch.ID]
    /// Ids of rooftops that stood still for so long that they wait for a person's word.
    public let heldRooftops: [String]
    /// How often a provider told of each problem.
    public let problems: [DeliveryProblem: Int]
    /// Customers to whom nothing is sent until someone has read their answer.
    public let heldCustomers: Int

    public init(
        halts: [ChannelHalt], parked: [Touch.ID], heldRooftops: [String], problems: [DeliveryProblem: Int], heldCustomers: Int
    ) {
        self.halts = halts
        self.parked = parked
        self.heldRooftops = heldRooftops
        self.problems = problems
        self.heldCustomers = heldCustomers
    }
}
