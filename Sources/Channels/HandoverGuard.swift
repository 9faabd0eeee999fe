public import FollowUp

/// Hands each touch over once, also when the ledger was restored from a copy that doesn't know of it.
///
/// Such a ledger doesn't know what went out after the copy was made, and nothing in it tells that it is one. The journal beside it does: a touch
/// that was accepted counts as sent, and one whose handover was begun and not ended is uncertain. A text of which the journal knows nothing and that
/// was due when this process started is looked for at the provider as well, for a ledger that was restored on another machine: while the provider
/// doesn't answer nothing of it goes out. That costs one question for each text of a backlog and none in ordinary running.
public struct HandoverGuard: Gateway, DeliveryLookup {
    /// What couldn't be looked for or noted waits this long.
    static let retrySeconds: Int64 = 300

    private let gateway: any Gateway
    private let lookup: any DeliveryLookup
    private let journal: any HandoverJournal
    private let startedAt: Timestamp
    private let clock: any WallClock

    /// - Parameter startedAt: When this process began to send.
    public init(gateway: any Gateway, lookup: any DeliveryLookup, journal: any HandoverJournal, startedAt: Timestamp, clock: any WallClock) {
        self.gateway = gateway
        self.lookup = lookup
        self.journal = journal
        self.startedAt = startedAt
        self.clock = clock
    }

    public func send(_ intent: Intent) async -> SendOutcome {
        do {
            let known = try await journal.handover(of: intent.touch)
            if known == nil, let outcome = await lookedFor(intent) { return outcome }
            switch try await journal.begin(intent.touch, at: clock.now) {
            case .accepted(let providerID): return .accepted(providerID: providerID)
            case .begun: return .uncertain(reason: "it may have gone out before the ledger was restored")
            case .refused, nil: break
            }
        } catch {
            return .notAccepted(retryAt: clock.now + Self.retrySeconds, reason: "\(error)")
        }
        let outcome = await gateway.send(intent)
        do {
            switch outcome {
            case .accepted(let providerID): try await journal.end(intent.touch, as: .accepted(providerID: providerID), at: clock.now)
            case .notAccepted, .rejected, .halted: try await journal.end(intent.touch, as: .refused, at: clock.now)
            case .uncertain: break
            }
        } catch {
            // There it stays begun, which never goes out again. The outcome is known all the same.
        }
        return outcome
    }

    /// What was accepted right before a crash is known here at once, whatever the provider can be asked.
    public func look(for send: UncertainSend) async -> LookupAnswer {
        do {
            guard case .accepted(let providerID) = try await journal.handover(of: send.touch) else { return await lookup.look(for: send) }
            return .found(
                DeliveryReport(providerID: providerID, touch: send.touch, generation: send.generation, status: .accepted, at: clock.now))
        } catch {
            return .unknown(reason: "\(error)")
        }
    }

    /// What the provider says of a text that may have gone out before, as far as that settles it.
    private func lookedFor(_ intent: Intent) async -> SendOutcome? {
        // A mail server can't be asked, and calls are queued in the ledger itself.
        guard intent.channel == .sms, let dueAt = intent.dueAt, dueAt <= startedAt else { return nil }
        let perhapsSent = UncertainSend(
            touch: intent.touch, generation: intent.generation, channel: intent.channel, address: intent.address, intendedAt: dueAt,
            notAfter: intent.notAfter, looks: 0, mayBeQueued: true)
        switch await lookup.look(for: perhapsSent) {
        case .found(let report): return .accepted(providerID: report.providerID)
        case .notFound: return nil
        case .unknown(let reason):
            return .notAccepted(retryAt: clock.now + Self.retrySeconds, reason: "it couldn't be asked whether it had gone out before: \(reason)")
        }
    }
}
