/// What a provider says of a message some time after it took it. Reports repeat and come in any order.
public struct DeliveryReport: Sendable, Equatable {
    public enum Status: Sendable, Equatable {
        /// The provider has it and hasn't delivered it yet.
        case accepted
        case delivered
        /// Handed to the carrier, and not delivered.
        case undelivered(DeliveryProblem)
        /// Not handed to a carrier.
        case failed(DeliveryProblem)
    }

    /// The provider's name of the message.
    public let providerID: String
    /// The touch and the attempt that the report names itself; nil where it knows the provider's name only.
    public let touch: Touch.ID?
    public let generation: Touch.Generation?
    public let status: Status
    /// The provider's words or code: "30003", "5.1.1 no such user". Without personal data.
    public let detail: String?
    public let at: Timestamp
    /// Why nothing else would be delivered on the channel until a person has mended something; nil when it would.
    public let haltReason: String?

    public init(
        providerID: String, touch: Touch.ID? = nil, generation: Touch.Generation? = nil, status: Status, detail: String? = nil, at: Timestamp,
        haltReason: String? = nil
    ) {
        self.providerID = providerID
        self.touch = touch
        self.generation = generation
        self.status = status
        self.detail = detail
        self.at = at
        self.haltReason = haltReason
    }
}
