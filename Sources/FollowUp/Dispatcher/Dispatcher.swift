/// Sends a rooftop's due touches: claim, decide, write, decide again with the commit, hand over, record.
///
/// Two commits a batch: one makes the intents durable before the gateway sees a byte, one records what came of them.
public struct Dispatcher: Sendable {
    /// Touches between two commits.
    public static let usualBatch = 200

    /// What one turn did, in touches.
    public struct Summary: Sendable, Equatable {
        public var sent = 0
        public var notSent = 0
        public var postponed = 0
        public var uncertain = 0

        public init() {}
    }

    private let rooftop: Rooftop
    private let decider: TouchDecider
    private let ledger: any FollowUpLedger
    private let gateway: any Gateway
    private let clock: any WallClock
    private let batch: Int

    /// - Parameter link: Gives the path of a touch's booking link, always the same for the same touch.
    public init(
        rooftop: Rooftop, writer: any TouchWriter, ledger: any FollowUpLedger, gateway: any Gateway,
        clock: any WallClock, batch: Int = Dispatcher.usualBatch, link: @escaping @Sendable (Touch.ID) -> String
    ) {
        self.rooftop = rooftop
        decider = TouchDecider(rooftop: rooftop, writer: writer, link: link)
        self.ledger = ledger
        self.gateway = gateway
        self.clock = clock
        self.batch = batch
    }

    /// Sends what is due by now and may be sent; what is left over waits for the next turn.
    public func takeTurn() async throws -> Summary {
        var summary = Summary()
        let turn = try await ledger.beginTurn(rooftop: rooftop.id, hours: rooftop.hours, at: clock.now)
        summary.uncertain = turn.uncertain
        if case .held = turn.pace { return summary }
        var allowance = turn.allowance
        var unsettled: [SendResult] = []
        while allowance > 0 {
            let limit = min(batch, allowance)
            let (claims, decided) = try await decideNext(limit, settling: unsettled)
            unsettled = []
            guard !claims.isEmpty else { break }
            let before = summary
            let (intents, refused) = try await commit(decided, into: &summary)
            unsettled = await send(intents, into: &summary)
            allowance -= intents.count
            // What the ledger refused is decided anew, with what it knows by now; where that changes nothing, next turn.
            if refused > 0 ? summary == before : claims.count < limit { break }
        }
        if !unsettled.isEmpty { try await ledger.settle(unsettled) }
        return summary
    }

    /// Settles the last batch while the next one is claimed and written: a touch that is being sent is in no claim.
    private func decideNext(
        _ limit: Int, settling results: [SendResult]
    ) async throws -> (claims: [ClaimedTouch], decided: (intents: [Intent], decisions: [TouchDecision])) {
        async let settled: Void = results.isEmpty ? () : ledger.settle(results)
        do {
            let claims = try await ledger.dueTouches(rooftop: rooftop.id, at: clock.now, limit: limit)
            let decided = try await decider.decide(claims, at: clock.now)
            try await settled
            return (claims, decided)
        } catch {
            // What came of sends must be kept whatever else went wrong.
            try await settled
            throw error
        }
    }

    private func commit(
        _ decided: (intents: [Intent], decisions: [TouchDecision]), into summary: inout Summary
    ) async throws -> (held: [Intent], refused: Int) {
        let held = try await ledger.commit(decided.intents, decided.decisions, at: clock.now)
        for decision in decided.decisions {
            if case .postpone = decision.verdict { summary.postponed += 1 } else { summary.notSent += 1 }
        }
        return (decided.intents.filter { held.contains($0.touch) }, decided.intents.count - held.count)
    }

    private func send(_ intents: [Intent], into summary: inout Summary) async -> [SendResult] {
        var results: [SendResult] = []
        results.reserveCapacity(intents.count)
        for intent in intents {
            let outcome = clock.now < intent.notAfter
                ? await gateway.send(intent) : .notAccepted(retryAt: clock.now, reason: "the window had closed before it was sent")
            switch outcome {
            case .accepted: summary.sent += 1
            case .notAccepted, .halted: summary.postponed += 1
            case .rejected: summary.notSent += 1
            case .uncertain: summary.uncertain += 1
            }
            results.append(SendResult(touch: intent.touch, generation: intent.generation, outcome: outcome, settledAt: clock.now))
        }
        return results
    }
}
