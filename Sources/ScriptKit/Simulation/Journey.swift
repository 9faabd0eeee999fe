public import FollowUp
internal import Synchronization

/// One customer's follow-up, to be looked at from any instant: forward, back, and with what they might answer.
///
/// Each look plays it from the first visit on a ledger of its own by the production workers, so going back in time leaves nothing
/// behind. Nothing is sent.
public struct Journey: Sendable {
    /// How it stands at an instant, before the workers take their turn then.
    public struct Look: Sendable {
        public let now: Timestamp
        /// What was sent before, in order.
        public let sent: [Intent]
        /// Every touch, in the order planned.
        public let touches: [TouchHistory]
        /// Those whose time to be looked at has come.
        public let due: [ClaimedTouch]
        /// What would come of the first of those.
        public let decision: Decision?
        /// What scripts were told of each touch that was sent.
        public let facts: [Touch.ID: TouchFacts]
    }

    /// What would come of a touch now.
    public struct Decision: Sendable {
        public let claim: ClaimedTouch
        /// Each rule of contact as it stands.
        public let checks: [PolicyCheck]
        /// What would be sent.
        public let intent: Intent?
        /// Why nothing would.
        public let refusal: TouchDecision?
        /// What scripts are told of it.
        public let facts: TouchFacts?
        public let permissions: ChannelPermissions
    }

    public typealias Ledger = ImportLedger & FollowUpLedger & InboxLedger

    public let participant: Simulation.Participant
    public let roNumber: RepairOrder.Number
    /// What the customer does.
    public var steps: [Scenario.Step] = []
    private let makeLedger: @Sendable () throws -> any Ledger
    private let link: @Sendable (Touch.ID) -> String

    /// - Parameters:
    ///   - participant: With the repair orders of one customer.
    ///   - makeLedger: Gives an empty ledger, for one look.
    public init(
        _ participant: Simulation.Participant, roNumber: RepairOrder.Number, makeLedger: @escaping @Sendable () throws -> any Ledger,
        link: @escaping @Sendable (Touch.ID) -> String
    ) {
        self.participant = participant
        self.roNumber = roNumber
        self.makeLedger = makeLedger
        self.link = link
    }

    public var rooftop: Rooftop { participant.rooftop }

    /// The repair order that it is about; the last revision.
    public var repairOrder: RepairOrder? { participant.orders.last { $0.roNumber == roNumber } }

    /// Plays it until `now`, and looks.
    public func look(at now: Timestamp) async throws -> Look {
        let ledger = try makeLedger()
        let gateway = SwallowingGateway()
        let writer = NotingWriter(participant.writer)
        let noted = Simulation.Participant(rooftop: rooftop, writer: writer, orders: participant.orders)
        let simulation = Simulation([noted], ledger: ledger, gateway: gateway, until: now, customers: .scripted(steps), link: link)
        try await simulation.run { _ in }
        for inbound in stepsAt(now) { try await ledger.record(inbound) }
        var touches: [TouchHistory] = []
        for id in try await ledger.touches(rooftop: rooftop.id, roNumber: roNumber) {
            if let history = try await ledger.history(of: id) { touches.append(history) }
        }
        let due = try await ledger.dueTouches(rooftop: rooftop.id, at: now, limit: 10)
        var decision: Decision?
        if let first = due.first { decision = try await decide(first, at: now) }
        return Look(now: now, sent: gateway.sent, touches: touches, due: due, decision: decision, facts: writer.facts)
    }

    /// Plays that many days, and looks.
    public func look(after days: Int) async throws -> Look {
        try await look(at: Simulation.end(of: [participant], days: days))
    }

    private func decide(_ claim: ClaimedTouch, at now: Timestamp) async throws -> Decision {
        let decider = TouchDecider(rooftop: rooftop, writer: participant.writer, link: link)
        let permissions = claim.permissions
        let decided = try await decider.decide([claim], at: now)
        return Decision(
            claim: claim, checks: ContactPolicy.checks(on: decider.due(claim, permissions), at: now), intent: decided.intents.first,
            refusal: decided.decisions.first, facts: claim.items.isEmpty ? nil : decider.facts(of: claim, at: now), permissions: permissions)
    }

    /// What is said to happen at that very instant, which the play stops short of.
    private func stepsAt(_ now: Timestamp) -> [Inbound] {
        guard let customer = repairOrder?.customer,
            let from = customer.phone.map(ContactPoint.phone) ?? customer.email.map(ContactPoint.email)
        else { return [] }
        return steps.compactMap { step in
            guard case .at(let date, let time) = step.moment, rooftop.zone.timestamp(of: date, time) == now else { return nil }
            switch step.act {
            case .reply(let words): return Inbound(rooftop: rooftop.id, from: from, kind: .reply(words), at: now)
            case .booking: return Inbound(rooftop: rooftop.id, from: from, kind: .booking, at: now)
            case .visit: return nil
            }
        }
    }
}

/// Accepts everything and sends nothing.
private final class SwallowingGateway: Gateway {
    private let kept = Mutex<[Intent]>([])

    var sent: [Intent] { kept.withLock { $0 } }

    func send(_ intent: Intent) async -> SendOutcome {
        kept.withLock { $0.append(intent) }
        return .accepted(providerID: "not sent")
    }
}

/// Passes requests on and keeps what they tell of touches. A seed is its touch's number.
private final class NotingWriter: TouchWriter {
    private let writer: any TouchWriter
    private let kept = Mutex<[Touch.ID: TouchFacts]>([:])

    init(_ writer: any TouchWriter) {
        self.writer = writer
    }

    var facts: [Touch.ID: TouchFacts] { kept.withLock { $0 } }
    var bundleSHA256: String { writer.bundleSHA256 }

    func drafts(of requests: [DraftRequest]) async throws -> [Draft] {
        kept.withLock { for request in requests { $0[Touch.ID(Int64(bitPattern: request.seed))] = request.facts } }
        return try await writer.drafts(of: requests)
    }
}
