/// Asks a provider whether it has a message of which nobody knows. It sends nothing.
public protocol DeliveryLookup: Sendable {
    func look(for send: UncertainSend) async -> LookupAnswer
}

/// A send whose outcome is unknown.
public struct UncertainSend: Sendable, Equatable {
    public let touch: Touch.ID
    public let generation: Touch.Generation
    public let channel: ContactChannel
    /// E.164 or an e-mail address.
    public let address: String
    /// When the intent was committed: the provider can't have the message from before.
    public let intendedAt: Timestamp
    public let notAfter: Timestamp
    /// Looks made so far.
    public let looks: Int
    /// Whether the provider may have it and not have sent it on yet, so that it has no day of sending to be found by.
    public let mayBeQueued: Bool

    public init(
        touch: Touch.ID, generation: Touch.Generation, channel: ContactChannel, address: String, intendedAt: Timestamp, notAfter: Timestamp,
        looks: Int, mayBeQueued: Bool = false
    ) {
        self.touch = touch
        self.generation = generation
        self.channel = channel
        self.address = address
        self.intendedAt = intendedAt
        self.notAfter = notAfter
        self.looks = looks
        self.mayBeQueued = mayBeQueued
    }
}

public enum LookupAnswer: Sendable, Equatable {
    /// The provider has it.
    case found(DeliveryReport)
    /// The provider answered, and doesn't have it so far.
    case notFound
    /// The provider couldn't be asked, or can't be asked at all.
    case unknown(reason: String)
}
