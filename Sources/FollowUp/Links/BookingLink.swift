/// Where a booking link leads: what its page shows and whom its buttons speak for.
public struct BookingLink: Sendable, Equatable {
    /// Days for which a link works, from the first time its touch was to go out.
    public static let daysValid = 90

    public let touch: Touch.ID
    /// The rooftop's id.
    public let rooftop: String
    public let rooftopName: String
    /// Whom the touch was addressed to.
    public let customer: ContactPoint
    public let vehicle: Vehicle
    public let visitOn: LocalDate
    /// Plain names of the declined work that is still open.
    public let items: [String]
    /// Why the follow-up has ended; nil while it runs.
    public let ended: EnrollmentEnd?

    public init(
        touch: Touch.ID, rooftop: String, rooftopName: String, customer: ContactPoint, vehicle: Vehicle, visitOn: LocalDate, items: [String],
        ended: EnrollmentEnd?
    ) {
        self.touch = touch
        self.rooftop = rooftop
        self.rooftopName = rooftopName
        self.customer = customer
        self.vehicle = vehicle
        self.visitOn = visitOn
        self.items = items
        self.ended = ended
    }
}

/// Who opened a link.
public enum LinkVisitor: String, Sendable, CaseIterable {
    case person
    /// A mail scanner, link checker or preview fetcher.
    case machine
}
