/// One visit's declined items in a cadence, as the ledger keeps it, with what later visits added.
public struct Enrollment: Sendable, Equatable {
    /// The ledger's key of one enrollment.
    public struct ID: Hashable, Sendable {
        public let number: Int64

        public init(_ number: Int64) {
            self.number = number
        }
    }

    public let id: ID
    /// The repair order that began it; its touches are planned from that visit.
    public let roNumber: RepairOrder.Number
    public let visitOn: LocalDate
    /// The newest visit of the customer; nothing is sent on it or on the day after.
    public let latestVisitOn: LocalDate
    /// Whether a touch was ever handed to a gateway, whatever came of it.
    public let isContacted: Bool
    public let customer: Customer
    public let vehicle: Vehicle

    public init(
        id: ID, roNumber: RepairOrder.Number, visitOn: LocalDate, latestVisitOn: LocalDate, isContacted: Bool,
        customer: Customer, vehicle: Vehicle
    ) {
        self.id = id
        self.roNumber = roNumber
        self.visitOn = visitOn
        self.latestVisitOn = latestVisitOn
        self.isContacted = isContacted
        self.customer = customer
        self.vehicle = vehicle
    }
}
