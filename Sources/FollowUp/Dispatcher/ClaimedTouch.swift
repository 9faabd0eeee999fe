/// A planned touch whose time to look at it has come, with all that the ledger knows of it at one instant.
public struct ClaimedTouch: Sendable {
    public var id: Touch.ID
    public var generation: Touch.Generation
    public var touch: PlannedTouch
    public var latestVisitOn: LocalDate
    /// Of the newest visit: where to reach the customer, and what they consented to.
    public var customer: Customer
    /// Of the repair order of the lead item.
    public var vehicle: Vehicle
    public var roNumber: RepairOrder.Number
    public var closedOn: LocalDate
    public var mileage: Int?
    /// Open items, most important first; empty when none is left.
    public var items: [ClassifiedItem]
    /// Earlier touches of the enrollment that were sent, oldest first.
    public var sent: [SentTouch]
    /// When the customer's contact points were last contacted, by any rooftop of the ledger; at most three each.
    public var sentAt: [Timestamp]
    public var optOuts: Set<ChannelPermissions.OptOut>
    /// Channels on which messages to the customer don't arrive, as the provider told.
    public var undeliverable: Set<ContactChannel>
    /// An answer that may mean stop waits for a person.
    public var isHeld: Bool
    /// Other planned touches due by now for the same contact points.
    public var others: [PlannedTouch]
    public var ended: EnrollmentEnd?

    /// Which channels may be used.
    public var permissions: ChannelPermissions {
        ChannelPermissions(customer: customer, optOuts: optOuts, undeliverable: undeliverable)
    }

    public init(
        id: Touch.ID, generation: Touch.Generation, touch: PlannedTouch, latestVisitOn: LocalDate, customer: Customer,
        vehicle: Vehicle, roNumber: RepairOrder.Number, closedOn: LocalDate, mileage: Int?, items: [ClassifiedItem],
        sent: [SentTouch], sentAt: [Timestamp], optOuts: Set<ChannelPermissions.OptOut>, undeliverable: Set<ContactChannel> = [], isHeld: Bool = false,
        others: [PlannedTouch], ended: EnrollmentEnd?
    ) {
        self.id = id
        self.generation = generation
        self.touch = touch
        self.latestVisitOn = latestVisitOn
        self.customer = customer
        self.vehicle = vehicle
        self.roNumber = roNumber
        self.closedOn = closedOn
        self.mileage = mileage
        self.items = items
        self.sent = sent
        self.sentAt = sentAt
        self.optOuts = optOuts
        self.undeliverable = undeliverable
        self.isHeld = isHeld
        self.others = others
        self.ended = ended
    }
}
