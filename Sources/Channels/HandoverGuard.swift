public import FollowUp
internal import Synchronization

/// Hands each touch over once, also when the ledger was restored from a copy that doesn't know of it.
///
/// Such a ledger doesn't know what went out after the copy was made, and nothing in it tells that it is one. The journal beside it does: a touch
/// that was accepted counts as sent, and one whose handover was begun and not ended is uncertain. A text of which the journal knows nothing and that
/// was due when this process started is looked for at the provider as well, for a ledger that was restored on another machine: while the provider
/// doesn't answer nothing of it goes out. That costs one question for each text of a backlog and none in ordinary running.
public final class HandoverGuard: Gateway, DeliveryLookup {
    /// What couldn't be looked for or noted waits this long.
    static let retrySeconds: Int64 = 300

    private let gateway: any Gateway
    private let lookup: any DeliveryLookup
    private let journal: any HandoverJournal
    private let startedAt: Timestamp
    private let clock: any WallClock
    /// What was prepared and isn't concluded, and whether the provider is still to be asked about it.
    private let prepared = Mutex<[Touch.ID: Bool]>([:])

    /// - Parameter startedAt: When this process began to send.
    public init(gateway: any Gateway, lookup: any DeliveryLookup, journal: any HandoverJournal, startedAt: Timestamp, clock: any WallClock) {
        self.gateway = gateway
        self.lookup = lookup
        self.journal = journal
        self.startedAt = startedAt
        self.clock = clock
    }

    public func prepare(_ intents: [Intent]) async -> [Touch.ID: SendOutcome] {
        let known: [Touch.ID: Handover]
        do {
            known = try await journal.begin(intents.map(\.touch), at: clock.now)
        } catch {
            let outcome = SendOutcome.notAccepted(retryAt: clock.now + Self.retrySeconds, reason: "\(error)")
            return Dictionary(intents.map { ($0.touch, outcome) }) { first, _ in first }
        }
        var settled: [Touch.ID: SendOutcome] = [:]
        for intent in intents {
            switch known[intent.touch] {
            case .accepted(let providerID): settled[intent.touch] = .accepted(providerID: providerID)
            case .begun: settled[intent.touch] = .uncertain(reason: "it may have gone out before the ledger was restored")
            case .refused: prepared.withLock { $0[intent.touch] = false }
            case nil: prepared.withLock { $0[intent.touch] = wasDueBefore(intent) }
            }
        }
        return settled
    }

    public func send(_ intent: Intent) async -> SendOutcome {
        if prepared.withLock({ $0[intent.touch] }) == true {
            if let outcome = await lookedFor(intent) { return outcome }
            prepared.withLock { $0[intent.touch] = false }
        }
        return await gateway.send(intent)
    }

    public func conclude(_ results: [SendResult]) async {
        var ends: [Touch.ID: Handover?] = [:]
        for result in results {
            guard let isUnlooked = prepared.withLock({ $0.removeValue(forKey: result.touch) }) else { continue }
            switch result.outcome {
            case .accepted(let providerID): ends[result.touch] = .accepted(providerID: providerID)
            // Without the look it is as unknown as before.
            case .notAccepted, .rejected, .halted: ends.updateValue(isUnlooked ? nil : .refused, forKey: result.touch)
            case .uncertain: break
            }
        }
        do {
            try await journal.end(ends, at: clock.now)
        } catch {
            // There they stay begun, which never goes out again. The outcomes are known all the same.
        }
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

    /// A mail server can't be asked, and calls are queued in the ledger itself.
    private func wasDueBefore(_ intent: Intent) -> Bool {
        guard intent.channel == .sms, let dueAt = intent.dueAt else { return false }
        return dueAt <= startedAt
    }

    /// What the provider says of a text that may have gone out before, as far as that settles it.
    private func lookedFor(_ intent: Intent) async -> SendOutcome? {
        let perhapsSent = UncertainSend(
            touch: intent.touch, generation: intent.generation, channel: intent.channel, address: intent.address, intendedAt: intent.dueAt ?? startedAt,
            notAfter: intent.notAfter, looks: 0, mayBeQueued: true)
        switch await lookup.look(for: perhapsSent) {
        case .found(let report): return .accepted(providerID: report.providerID)
        case .notFound: return nil
        case .unknown(let reason):
            return .notAccepted(retryAt: clock.now + Self.retrySeconds, reason: "it couldn't be asked whether it had gone out before: \(reason)")
        }
    }
}
