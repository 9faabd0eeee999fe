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
    private let writer: any TouchWriter
    private let ledger: any FollowUpLedger
    private let gateway: any Gateway
    private let clock: any WallClock
    private let link: @Sendable (Touch.ID) -> String
    private let batch: Int

    /// - Parameter link: Gives the path of a touch's booking link, always the same for the same touch.
    public init(
        rooftop: Rooftop, writer: any TouchWriter, ledger: any FollowUpLedger, gateway: any Gateway,
        clock: any WallClock, batch: Int = Dispatcher.usualBatch, link: @escaping @Sendable (Touch.ID) -> String
    ) {
        self.rooftop = rooftop
        self.writer = writer
        self.ledger = ledger
        self.gateway = gateway
        self.clock = clock
        self.batch = batch
        self.link = link
    }

    /// Sends what is due by now and may be sent; what is left over waits for the next turn.
    public func takeTurn() async throws -> Summary {
        var summary = Summary()
        let turn = try await ledger.beginTurn(rooftop: rooftop.id, hours: rooftop.hours, at: clock.now)
        summary.uncertain = turn.uncertain
        if case .held = turn.pace { return summary }
        var allowance = turn.allowance
        while allowance > 0 {
            let limit = min(batch, allowance)
            let claims = try await ledger.dueTouches(rooftop: rooftop.id, at: clock.now, limit: limit)
            let before = summary
            let sent = try await dispatch(claims, into: &summary)
            allowance -= sent.intended
            // What the ledger refused is decided anew, with what it knows by now; where that changes nothing, next turn.
            if sent.refused > 0 && summary == before { break }
            if claims.count < limit && sent.refused == 0 { break }
        }
        return summary
    }

    private func dispatch(
        _ claims: [ClaimedTouch], into summary: inout Summary
    ) async throws -> (intended: Int, refused: Int) {
        guard !claims.isEmpty else { return (0, 0) }
        var (intents, decisions) = try await decide(claims)
        let held = try await ledger.commit(intents, decisions, at: clock.now)
        let refused = intents.count - held.count
        intents.removeAll { !held.contains($0.touch) }
        var results: [SendResult] = []
        results.reserveCapacity(intents.count)
        for intent in intents {
            let outcome = clock.now < intent.notAfter
                ? await gateway.send(intent) : .notAccepted(retryAt: clock.now, reason: "the window had closed before it was sent")
            results.append(SendResult(touch: intent.touch, generation: intent.generation, outcome: outcome, settledAt: clock.now))
        }
        if !results.isEmpty { try await ledger.settle(results) }
        for decision in decisions {
            if case .postpone = decision.verdict { summary.postponed += 1 } else { summary.notSent += 1 }
        }
        for result in results {
            switch result.outcome {
            case .accepted: summary.sent += 1
            case .notAccepted: summary.postponed += 1
            case .rejected: summary.notSent += 1
            case .uncertain: summary.uncertain += 1
            }
        }
        return (intents.count, refused)
    }

    /// The contact policy says which may go out; those are written, on the channel that policy and script agree on.
    private func decide(_ claims: [ClaimedTouch]) async throws -> ([Intent], [TouchDecision]) {
        let now = clock.now
        var decisions: [TouchDecision] = []
        var sendable: [(claim: ClaimedTouch, notAfter: Timestamp)] = []
        var requests: [DraftRequest] = []
        for claim in claims {
            let permissions = ChannelPermissions(customer: claim.customer, optOuts: claim.optOuts)
            switch verdict(on: claim, permissions, at: now) {
            case .send(_, let notAfter):
                sendable.append((claim, notAfter))
                requests.append(
                    DraftRequest(facts: facts(of: claim, at: now), permissions: permissions, seed: UInt64(bitPattern: claim.id.number)))
            case let verdict:
                decisions.append(
                    TouchDecision(touch: claim.id, generation: claim.generation, verdict: verdict, decidedAt: now))
            }
        }
        var intents: [Intent] = []
        let drafts = requests.isEmpty ? [] : try await writer.drafts(of: requests)
        for ((claim, notAfter), draft) in zip(sendable, drafts) {
            switch draft.content {
            case .message(let message): intents.append(intent(claim, message, draft.failures, notAfter: notAfter, at: now))
            case .skipped(let reason):
                decisions.append(
                    TouchDecision(
                        touch: claim.id, generation: claim.generation, verdict: .suppress(.skipped(reason)), decidedAt: now,
                        scriptFailures: draft.failures))
            case .noChannel:
                let permissions = ChannelPermissions(customer: claim.customer, optOuts: claim.optOuts)
                decisions.append(
                    TouchDecision(
                        touch: claim.id, generation: claim.generation,
                        verdict: .suppress(.noPermittedChannel(permissions.refusals)), decidedAt: now))
            }
        }
        return (intents, decisions)
    }

    private func verdict(on claim: ClaimedTouch, _ permissions: ChannelPermissions, at now: Timestamp) -> Verdict {
        if claim.items.isEmpty { return .suppress(.ended(claim.ended ?? .done)) }
        let recipient = RecipientLocation(phone: claim.customer.phone, rooftop: rooftop.hours.place)
        let due = DueTouch(
            touch: claim.touch, zone: rooftop.zone, latestVisitOn: claim.latestVisitOn, permissions: permissions,
            sentAt: claim.sentAt, window: ContactWindow(rooftop: rooftop.hours, recipient: recipient),
            others: claim.others, ended: claim.ended)
        return ContactPolicy.decide(due, at: now)
    }

    private func facts(of claim: ClaimedTouch, at now: Timestamp) -> TouchFacts {
        TouchFacts(
            kind: claim.touch.kind, now: now, isLate: claim.touch.isLate, customer: claim.customer, vehicle: claim.vehicle,
            roNumber: claim.roNumber, closedOn: claim.closedOn, mileage: claim.mileage, items: claim.items,
            rooftop: TouchFacts.Rooftop(rooftop), bookingLink: rooftop.bookingLink + "/" + link(claim.id),
            previous: claim.sent.map {
                TouchFacts.Previous(
                    kind: $0.kind, channel: $0.channel, status: $0.state.rawValue, sentOn: rooftop.zone.localDate(at: $0.sentAt))
            })
    }

    private func intent(
        _ claim: ClaimedTouch, _ message: Message, _ failures: [ScriptFailure], notAfter: Timestamp, at now: Timestamp
    ) -> Intent {
        let address: String? = switch message {
        case .sms, .call: claim.customer.phone
        case .email: claim.customer.email
        }
        return Intent(
            touch: claim.id, kind: claim.touch.kind, generation: claim.generation + 1, rooftop: rooftop.id, address: address ?? "",
            message: message, decidedAt: now, notAfter: notAfter,
            bundleSHA256: writer.bundleSHA256, scriptFailures: failures)
    }
}
