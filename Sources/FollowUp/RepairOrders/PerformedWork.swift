/// A job that was done on a visit. The canonical form prints its op code alone.
public struct PerformedWork: Sendable, Equatable {
    public var opCode: String
    /// The words of the DMS, where the mapping passes them on: they classify an op code that no catalogue knows.
    public var description: String?
    /// What the customer paid in cents, where the export says it: recovered revenue is counted from this.
    public var priceCents: Int?

    public init(opCode: String, description: String? = nil, priceCents: Int? = nil) {
        self.opCode = opCode
        self.description = description
        self.priceCents = priceCents
    }
}
