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
    /// Notes that touches are about to be handed over, but for those that were before and weren't refused. Durable when it returns.
    ///
    /// - Returns: What was known of them; only one that isn't named, or was refused, may go.
    func begin(_ touches: [Touch.ID], at now: Timestamp) async throws -> [Touch.ID: Handover]

    /// Notes what came of them; nil forgets what was noted. Durable when it returns.
    func end(_ ends: [Touch.ID: Handover?], at now: Timestamp) async throws

    /// Nil when nothing was noted.
    func handover(of touch: Touch.ID) async throws -> Handover?
}
