public import FollowUp
internal import Metrics

/// Looks at the providers for sends of which nobody knows what came, and gives up what a stopped process left behind.
public struct Reconciler: Sendable {
    /// Looks of one turn.
    private static let batch = 50

    private let ledger: any DeliveryLedger
    private let lookup: any DeliveryLookup
    private let clock: any WallClock

    public init(ledger: any DeliveryLedger, lookup: any DeliveryLookup, clock: any WallClock) {
        self.ledger = ledger
        self.lookup = lookup
        self.clock = clock
    }

    public func takeTurn() async throws {
        let abandoned = try await ledger.giveUpUnsettled(at: clock.now)
        if abandoned > 0 { Counter(label: "revisit_sends_given_up_total").increment(by: abandoned) }
        for send in try await ledger.uncertainSends(at: clock.now, limit: Self.batch) {
            let answer = await lookup.look(for: send)
            try await ledger.record(answer, of: send, at: clock.now)
        }
    }
}
