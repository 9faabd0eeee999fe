/// How far a touch has come on its way to a provider.
public enum Handover: Sendable, Equatable {
    /// From here on the provider may have it.
    case begun
    case accepted(providerID: String)
    /// The provider certainly doesn't have it.
    case refused
}

/// What is known beside the ledger of what went out: a ledger that is restored from a copy doesn't know what did since.
public protocol HandoverJournal: Sendable {
    /// Notes that a touch is about to be handed over, unless it was before and wasn't refused. Durable when it returns.
    ///
    /// - Returns: What was known of it; only nil and `.refused` let it go.
    func begin(_ touch: Touch.ID, at now: Timestamp) async throws -> Handover?

    /// Notes what came of it. Durable when it returns.
    func end(_ touch: Touch.ID, as handover: Handover, at now: Timestamp) async throws

    /// Nil when nothing was noted.
    func handover(of touch: Touch.ID) async throws -> Handover?
}
