/// Sends a rooftop's due touches: claim, decide, write, decide again with the commit, hand over, record.
///
/// Two commits a batch: one makes the intents durable before the gateway sees a byte, one records what came of them.
public struct Dispatcher: Sendable {
    /// Touches between two commits.
    public static let usualBatch = 200
    /// Intents that are looked up together for a last time before they go out one by one.
    private static let checkedTogether = 32
    /// A touch whose channel is halted is looked at again after this long.
    private static let haltedLookSeconds: Int64 = 900

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
    private let concurrency: Int
    private let gate: SendGate

    /// - Parameters:
    ///   - batch: Touches between two commits.
    ///   - concurrency: Sends under way at once.
    ///   - gate: Shared with whoever acknowledges opt-outs in this process.
    ///   - link: Gives the path of a touch's booking link, always the same for the same touch.
    public init(
        rooftop: Rooftop, writer: any TouchWriter, ledger: any FollowUpLedger, gateway: any Gateway,
        clock: any WallClock, batch: Int = Dispatcher.usualBatch, concurrency: Int = 1, gate: SendGate = SendGate(), link: @escaping @Sendable (Touch.ID) -> String
    ) {
        self.rooftop = rooftop
        decider = TouchDecider(rooftop: rooftop, writer: writer, link: link)
        self.ledger = ledger
        self.gateway = gateway
        self.clock = clock
        self.batch = batch
        self.concurrency = concurrency
        self.gate = gate
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
            let (claims, decided) = try await decideNext(limit, turn.halts, settling: unsettled)
            unsettled = []
            guard !claims.isEmpty else { break }
            let before = summary
            let (intents, refused) = try await commit(decided, into: &summary)
            unsettled = try await send(intents, into: &summary)
            // What a halted channel would have sent waits for the next turn, which knows of it.
            if unsettled.contains(where: { if case .halted = $0.outcome { true } else { false } }) { break }
            allowance -= intents.count
            // What the ledger refused is decided anew, with what it knows by now; where that changes nothing, next turn.
            if refused > 0 ? summary == before : claims.count < limit { break }
        }
        if !unsettled.isEmpty { try await ledger.settle(unsettled) }
        return summary
    }

    /// Settles the last batch while the next one is claimed and written: a touch that is being sent is in no claim.
    private func decideNext(
        _ limit: Int, _ halts: [ChannelHalt], settling results: [SendResult]
    ) async throws -> (claims: [ClaimedTouch], decided: (intents: [Intent], decisions: [TouchDecision])) {
        async let settled: Void = results.isEmpty ? () : ledger.settle(results)
        do {
            let claims = try await ledger.dueTouches(rooftop: rooftop.id, at: clock.now, limit: limit)
            let decided = try await decider.decide(claims, at: clock.now)
            try await settled
            return (claims, halts.isEmpty ? decided : holding(decided, halts, at: clock.now))
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

    /// What would go out by a halted channel waits, and nothing is sent by another channel instead.
    private func holding(
        _ decided: (intents: [Intent], decisions: [TouchDecision]), _ halts: [ChannelHalt], at now: Timestamp
    ) -> (intents: [Intent], decisions: [TouchDecision]) {
        let halted = Set(halts.map(\.channel))
        let waiting = decided.intents.filter { halted.contains($0.channel) }.map { intent in
            TouchDecision(
                touch: intent.touch, generation: intent.generation - 1,
                verdict: .postpone(until: now + Self.haltedLookSeconds, .channelHalted(intent.channel)), decidedAt: now)
        }
        return (decided.intents.filter { !halted.contains($0.channel) }, decided.decisions + waiting)
    }

    /// Hands committed intents over, looking at the ledger once more right before.
    private func send(_ intents: [Intent], into summary: inout Summary) async throws -> [SendResult] {
        var results: [SendResult] = []
        results.reserveCapacity(intents.count)
        let known = intents.isEmpty ? [:] : await gateway.prepare(intents)
        let together = concurrency == 1 ? Self.checkedTogether : concurrency
        for start in stride(from: 0, to: intents.count, by: together) {
            let group = Array(intents[start..<min(start + together, intents.count)])
            await gate.enter(group.map(\.address))
            let withdrawn: Set<Touch.ID>
            do {
                withdrawn = try await ledger.withdrawn(among: group)
            } catch {
                for intent in group { await gate.leave(intent.address) }
                // Nothing of the rest was handed over, and what was must be kept.
                results += notSent(intents[start...], because: "the ledger couldn't be read")
                await gateway.conclude(results)
                try await ledger.settle(results)
                throw error
            }
            results += concurrency == 1 ? await sendInTurn(group, withdrawn, known) : await sendAtOnce(group, withdrawn, known)
        }
        if !results.isEmpty { await gateway.conclude(results) }
        for result in results {
            switch result.outcome {
            case .accepted: summary.sent += 1
            case .notAccepted, .halted: summary.postponed += 1
            case .rejected: summary.notSent += 1
            case .uncertain: summary.uncertain += 1
            }
        }
        return results
    }

    private func sendInTurn(_ intents: [Intent], _ withdrawn: Set<Touch.ID>, _ known: [Touch.ID: SendOutcome]) async -> [SendResult] {
        var results: [SendResult] = []
        for intent in intents { results.append(await send(intent, isWithdrawn: withdrawn.contains(intent.touch), known[intent.touch])) }
        return results
    }

    private func sendAtOnce(_ intents: [Intent], _ withdrawn: Set<Touch.ID>, _ known: [Touch.ID: SendOutcome]) async -> [SendResult] {
        await withTaskGroup(of: SendResult.self) { lanes in
            var results: [SendResult] = []
            for (place, intent) in intents.enumerated() {
                if place >= concurrency, let result = await lanes.next() { results.append(result) }
                lanes.addTask { await send(intent, isWithdrawn: withdrawn.contains(intent.touch), known[intent.touch]) }
            }
            for await result in lanes { results.append(result) }
            return results
        }
    }

    private func send(_ intent: Intent, isWithdrawn: Bool, _ known: SendOutcome?) async -> SendResult {
        let outcome: SendOutcome =
            if let known {
                known
            } else if isWithdrawn {
                .notAccepted(retryAt: clock.now, reason: "the customer answered before it went out")
            } else if clock.now >= intent.notAfter {
                .notAccepted(retryAt: clock.now, reason: "the window had closed before it was sent")
            } else {
                await gateway.send(intent)
            }
        await gate.leave(intent.address)
        return SendResult(touch: intent.touch, generation: intent.generation, outcome: outcome, settledAt: clock.now)
    }

    private func notSent(_ intents: ArraySlice<Intent>, because reason: String) -> [SendResult] {
        intents.map { intent in
            SendResult(
                touch: intent.touch, generation: intent.generation, outcome: .notAccepted(retryAt: clock.now, reason: reason), settledAt: clock.now)
        }
    }
}
