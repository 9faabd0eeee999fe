/// Something that a customer did: an answer, or a button of the booking page.
public struct Inbound: Sendable, Equatable {
    public enum Kind: Sendable, Equatable {
        /// An answer in words.
        case reply(String)
        /// Booked an appointment.
        case booking
        /// Wants to be called.
        case callRequest
        /// Pressed "stop these messages", here or in the mail program.
        case optOut
    }

    /// The rooftop's id.
    public let rooftop: String
    public let from: ContactPoint
    public let kind: Kind
    public let at: Timestamp
    /// The provider's name of the message (a MessageSid, a Message-ID): the same one is taken once. Nil for what has none.
    public let providerID: String?
    /// The touch that it answers, where it tells.
    public let touch: Touch.ID?

    public init(
        rooftop: String, from: ContactPoint, kind: Kind, at: Timestamp, providerID: String? = nil, touch: Touch.ID? = nil
    ) {
        self.rooftop = rooftop
        self.from = from
        self.kind = kind
        self.at = at
        self.providerID = providerID
        self.touch = touch
    }
}
