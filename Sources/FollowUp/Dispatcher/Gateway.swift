/// Hands messages to a provider, or to the people who make calls.
public protocol Gateway: Sendable {
    /// Called with intents that are durable, before any of them is sent.
    ///
    /// - Returns: What came of those that aren't to be sent: by what else is known of them, they may have been before.
    func prepare(_ intents: [Intent]) async -> [Touch.ID: SendOutcome]

    /// Sends once and never retries. It starts nothing at or after `intent.notAfter`.
    func send(_ intent: Intent) async -> SendOutcome

    /// Called with what came of intents that were prepared, before the ledger is told.
    func conclude(_ results: [SendResult]) async
}

extension Gateway {
    public func prepare(_ intents: [Intent]) async -> [Touch.ID: SendOutcome] { [:] }

    public func conclude(_ results: [SendResult]) async {}
}

/// What is known of a send when the gateway returns.
public enum SendOutcome: Sendable, Equatable {
    case accepted(providerID: String)
    /// Certainly not accepted, and worth another attempt at that instant.
    case notAccepted(retryAt: Timestamp, reason: String)
    /// Certainly not accepted, and another attempt would be refused as well.
    case rejected(DeliveryProblem, reason: String)
    /// Certainly not accepted, nor would any other message of this channel be until a person has mended something.
    case halted(reason: String)
    /// It may have been accepted.
    case uncertain(reason: String)
}

/// One send and what came of it.
public struct SendResult: Sendable, Equatable {
    public let touch: Touch.ID
    public let generation: Touch.Generation
    public let outcome: SendOutcome
    public let settledAt: Timestamp

    public init(touch: Touch.ID, generation: Touch.Generation, outcome: SendOutcome, settledAt: Timestamp) {
        self.touch = touch
        self.generation = generation
        self.outcome = outcome
        self.settledAt = settledAt
    }
}
