public import FollowUp

/// Asks the provider first about every text that another ledger may have sent already.
///
/// A ledger restored from a copy doesn't know what went out after the copy was made, and nothing in it tells that it is one. What went out was due
/// then. So a text that was due when this process started is looked for at the provider before it is sent: what is found there counts as sent, and
/// while the provider doesn't answer nothing goes out. That costs one question for each text of a backlog and none in ordinary running.
public struct RestoreGuard: Gateway {
    /// A text whose look couldn't be made waits this long.
    static let retrySeconds: Int64 = 300

    private let gateway: any Gateway
    private let lookup: any DeliveryLookup
    private let startedAt: Timestamp
    private let clock: any WallClock

    /// - Parameter startedAt: When this process began to send.
    public init(gateway: any Gateway, lookup: any DeliveryLookup, startedAt: Timestamp, clock: any WallClock) {
        self.gateway = gateway
        self.lookup = lookup
        self.startedAt = startedAt
        self.clock = clock
    }

    public func send(_ intent: Intent) async -> SendOutcome {
        // A mail server can't be asked, and calls are queued in the ledger itself.
        guard intent.channel == .sms, let dueAt = intent.dueAt, dueAt <= startedAt else { return await gateway.send(intent) }
        let perhapsSent = UncertainSend(
            touch: intent.touch, generation: intent.generation, channel: intent.channel, address: intent.address, intendedAt: dueAt,
            notAfter: intent.notAfter, looks: 0, mayBeQueued: true)
        switch await lookup.look(for: perhapsSent) {
        case .found(let report): return .accepted(providerID: report.providerID)
        case .notFound: return await gateway.send(intent)
        case .unknown(let reason):
            return .notAccepted(retryAt: clock.now + Self.retrySeconds, reason: "it couldn't be asked whether it had gone out before: \(reason)")
        }
    }
}
