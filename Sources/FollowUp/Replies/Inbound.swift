/// Something that a customer did: an answer, or a booking through a link.
public struct Inbound: Sendable, Equatable {
    public enum Kind: Sendable, Equatable {
        /// An answer in words.
        case reply(String)
        /// Booked an appointment.
        case booking
    }

    /// The rooftop's id.
    public let rooftop: String
    public let from: ContactPoint
    public let kind: Kind
    public let at: Timestamp

    public init(rooftop: String, from: ContactPoint, kind: Kind, at: Timestamp) {
        self.rooftop = rooftop
        self.from = from
        self.kind = kind
        self.at = at
    }
}
