/// Work that was recommended on a visit and refused.
public struct DeclinedItem: Sendable, Equatable {
    /// How urgent the technician called it.
    public enum Severity: String, Sendable, CaseIterable {
        case red, yellow
    }

    public var opCode: String?
    /// The words of the DMS.
    public var description: String
    /// The estimate in cents; nil when none was given.
    public var priceCents: Int?
    public var severity: Severity?
    public var condition: Condition?

    public init(
        opCode: String? = nil, description: String, priceCents: Int? = nil, severity: Severity? = nil,
        condition: Condition? = nil
    ) {
        self.opCode = opCode
        self.description = description
        self.priceCents = priceCents
        self.severity = severity
        self.condition = condition
    }
}
