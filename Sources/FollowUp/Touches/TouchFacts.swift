/// All that a script is told of a touch, and all that its words may rest on. Addresses are not among it.
public struct TouchFacts: Sendable {
    /// An earlier touch of the same follow-up.
    public struct Previous: Sendable {
        public var kind: TouchKind
        public var channel: ContactChannel
        /// "accepted", "delivered", "undelivered", "failed" or "uncertain".
        public var status: String
        public var sentOn: LocalDate

        public init(kind: TouchKind, channel: ContactChannel, status: String, sentOn: LocalDate) {
            self.kind = kind
            self.channel = channel
            self.status = status
            self.sentOn = sentOn
        }
    }

    /// What the rooftop says of itself.
    public struct Rooftop: Sendable {
        public var name: String
        public var phone: String?
        public var zone: Zone
        public var bookingLink: String
        public var city: String?
        public var postalAddress: String?

        public init(_ rooftop: FollowUp.Rooftop) {
            self.init(
                name: rooftop.name, phone: rooftop.phone, zone: rooftop.zone, bookingLink: rooftop.bookingLink,
                city: rooftop.city, postalAddress: rooftop.postalAddress)
        }

        public init(
            name: String, phone: String?, zone: Zone, bookingLink: String, city: String? = nil, postalAddress: String? = nil
        ) {
            self.name = name
            self.phone = phone
            self.zone = zone
            self.bookingLink = bookingLink
            self.city = city
            self.postalAddress = postalAddress
        }
    }

    public var kind: TouchKind
    public var now: Timestamp
    public var isLate: Bool
    public var customer: Customer
    public var vehicle: Vehicle
    public var roNumber: RepairOrder.Number
    public var closedOn: LocalDate
    public var mileage: Int?
    /// The declined items that are still open, most important first; never empty.
    public var items: [ClassifiedItem]
    public var rooftop: Rooftop
    /// The link of this touch.
    public var bookingLink: String
    /// Oldest first.
    public var previous: [Previous]

    public init(
        kind: TouchKind, now: Timestamp, isLate: Bool, customer: Customer, vehicle: Vehicle, roNumber: RepairOrder.Number,
        closedOn: LocalDate, mileage: Int?, items: [ClassifiedItem], rooftop: Rooftop, bookingLink: String,
        previous: [Previous]
    ) {
        precondition(!items.isEmpty, "there is no touch without a declined item")
        self.kind = kind
        self.now = now
        self.isLate = isLate
        self.customer = customer
        self.vehicle = vehicle
        self.roNumber = roNumber
        self.closedOn = closedOn
        self.mileage = mileage
        self.items = items
        self.rooftop = rooftop
        self.bookingLink = bookingLink
        self.previous = previous
    }

    /// A touch of one repair order.
    public init(
        kind: TouchKind, now: Timestamp, isLate: Bool = false, repairOrder: RepairOrder, items: [ClassifiedItem], rooftop: Rooftop,
        bookingLink: String, previous: [Previous] = []
    ) {
        self.init(
            kind: kind, now: now, isLate: isLate, customer: repairOrder.customer, vehicle: repairOrder.vehicle,
            roNumber: repairOrder.roNumber, closedOn: repairOrder.closedOn, mileage: repairOrder.mileage, items: items,
            rooftop: rooftop, bookingLink: bookingLink, previous: previous)
    }

    /// The visit that the words speak of: that of the lead item.
    public var visitOn: LocalDate { items[0].visitOn }
}
