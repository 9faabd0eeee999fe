/// A declined item that waits for a repair order that did the work, with what identifies its vehicle and customer.
public struct OpenItem: Sendable, Equatable {
    /// The rooftop's name, as the ledger keys it.
    public var rooftop: String
    /// The repair order that it was declined on.
    public var roNumber: RepairOrder.Number
    public var declined: ClassifiedItem
    public var customer: Customer
    public var vehicle: Vehicle
    /// The local dates on which touches that named the item were accepted by a provider, or made as calls.
    public var acceptedOn: [LocalDate]

    public init(
        rooftop: String, roNumber: RepairOrder.Number, declined: ClassifiedItem, customer: Customer, vehicle: Vehicle,
        acceptedOn: [LocalDate] = []
    ) {
        self.rooftop = rooftop
        self.roNumber = roNumber
        self.declined = declined
        self.customer = customer
        self.vehicle = vehicle
        self.acceptedOn = acceptedOn
    }
}
