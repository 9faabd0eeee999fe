public import FollowUp

/// Puts calls into the queue of the Fixed Ops team: a row of the ledger.
public struct CallQueueGateway: Gateway, DeliveryLookup {
    /// When the ledger couldn't take a call it is tried again after this long.
    private static let retrySeconds: Int64 = 60
    /// Calls that are looked through for one whose outcome is unknown.
    private static let lookedThrough = 100_000

    private let ledger: any InboxLedger
    private let clock: any WallClock

    public init(ledger: any InboxLedger, clock: any WallClock) {
        self.ledger = ledger
        self.clock = clock
    }

    public func send(_ intent: Intent) async -> SendOutcome {
        do {
            try await ledger.queueCall(intent, at: clock.now)
            return .accepted(providerID: "call-\(intent.touch.number)")
        } catch {
            // One transaction: it is there whole or not at all, and a second try puts it there once.
            return .notAccepted(retryAt: clock.now + Self.retrySeconds, reason: "the call couldn't be queued: \(error)")
        }
    }

    public func look(for send: UncertainSend) async -> LookupAnswer {
        do {
            let isQueued = try await ledger.calls(rooftops: nil, limit: Self.lookedThrough).contains { $0.touch == send.touch }
            return isQueued ? .found(DeliveryReport(providerID: "call-\(send.touch.number)", status: .accepted, at: clock.now)) : .notFound
        } catch {
            return .unknown(reason: "\(error)")
        }
    }
}
