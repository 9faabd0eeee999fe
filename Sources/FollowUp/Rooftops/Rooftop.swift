/// One dealer location: who it is, when it may write, and the work that it counts.
public struct Rooftop: Sendable {
    public var id: String
    public var name: String
    /// The dealer group whose figures it adds to.
    public var group: String?
    public var hours: RooftopHours
    public var cadence: Cadence
    public var catalogue: Catalogue
    /// E.164.
    public var phone: String?
    public var bookingLink: String
    public var city: String?
    public var postalAddress: String?

    public init(
        id: String, name: String, group: String? = nil, hours: RooftopHours, cadence: Cadence,
        catalogue: Catalogue = .usual, phone: String? = nil, bookingLink: String, city: String? = nil,
        postalAddress: String? = nil
    ) {
        self.id = id
        self.name = name
        self.group = group
        self.hours = hours
        self.cadence = cadence
        self.catalogue = catalogue
        self.phone = phone
        self.bookingLink = bookingLink
        self.city = city
        self.postalAddress = postalAddress
    }

    /// The zone that its days are counted in.
    public var zone: Zone { hours.place.zone }
}
