internal import FollowUp

/// A ledger before which and after which a test has the process die. It changes nothing else.
struct FailpointLedger<Ledger: FollowUpLedger & DeliveryLedger & InboxLedger>: Sendable {
    let ledger: Ledger
    let failpoint: Failpoint

    private func around<Value>(
        _ before: Failpoint.Place, _ after: Failpoint.Place, _ commit: () async throws -> Value
    ) async throws -> Value {
        failpoint.reach(before)
        let value = try await commit()
        failpoint.reach(after)
        return value
    }
}

extension FailpointLedger: FollowUpLedger {
    func planVisits(
        rooftop: String, limit: Int, at now: Timestamp, _ plan: @escaping @Sendable (ArrivedVisit) -> [PlanChange]
    ) async throws -> Int {
        try await around(.planBeforeCommit, .planAfterCommit) { try await ledger.planVisits(rooftop: rooftop, limit: limit, at: now, plan) }
    }

    func beginTurn(rooftop: String, hours: RooftopHours, at now: Timestamp) async throws -> DispatchTurn {
        try await around(.turnBeforeCommit, .turnAfterCommit) { try await ledger.beginTurn(rooftop: rooftop, hours: hours, at: now) }
    }

    func commit(_ intents: [Intent], _ decisions: [TouchDecision], at now: Timestamp) async throws -> Set<Touch.ID> {
        try await around(.intentBeforeCommit, .intentAfterCommit) { try await ledger.commit(intents, decisions, at: now) }
    }

    func settle(_ results: [SendResult]) async throws {
        try await around(.settleBeforeCommit, .settleAfterCommit) { try await ledger.settle(results) }
    }

    func register(_ rooftop: Rooftop) async throws { try await ledger.register(rooftop) }

    func rooftops() async throws -> [RegisteredRooftop] { try await ledger.rooftops() }

    func resume(rooftop: String, hours: RooftopHours, at now: Timestamp) async throws {
        try await ledger.resume(rooftop: rooftop, hours: hours, at: now)
    }

    func dueTouches(rooftop: String, at now: Timestamp, limit: Int) async throws -> [ClaimedTouch] {
        try await ledger.dueTouches(rooftop: rooftop, at: now, limit: limit)
    }

    func nextLook(rooftop: String) async throws -> Timestamp? { try await ledger.nextLook(rooftop: rooftop) }

    func withdrawn(among intents: [Intent]) async throws -> Set<Touch.ID> { try await ledger.withdrawn(among: intents) }

    func reportItems(rooftops: [String]?) async throws -> [ReportItem] { try await ledger.reportItems(rooftops: rooftops) }

    func touchCounts() async throws -> [Touch.State: Int] { try await ledger.touchCounts() }

    func scriptFailures(rooftops: [String]?, since: Timestamp, limit: Int) async throws -> [CountedFailure] {
        try await ledger.scriptFailures(rooftops: rooftops, since: since, limit: limit)
    }

    func history(of touch: Touch.ID) async throws -> TouchHistory? { try await ledger.history(of: touch) }

    func hookRecords(rooftop: String, since: Timestamp, after: RecordedDraft.Place?, limit: Int) async throws -> [RecordedDraft] {
        try await ledger.hookRecords(rooftop: rooftop, since: since, after: after, limit: limit)
    }

    func touches(rooftop: String?, roNumber: RepairOrder.Number) async throws -> [Touch.ID] {
        try await ledger.touches(rooftop: rooftop, roNumber: roNumber)
    }
}

extension FailpointLedger: DeliveryLedger {
    @discardableResult
    func record(_ report: DeliveryReport) async throws -> Bool {
        try await around(.reportBeforeCommit, .reportAfterCommit) { try await ledger.record(report) }
    }

    func record(_ answer: LookupAnswer, of send: UncertainSend, at now: Timestamp) async throws {
        try await around(.lookBeforeCommit, .lookAfterCommit) { try await ledger.record(answer, of: send, at: now) }
    }

    func giveUpUnsettled(at now: Timestamp) async throws -> Int {
        try await around(.giveUpBeforeCommit, .giveUpAfterCommit) { try await ledger.giveUpUnsettled(at: now) }
    }

    func uncertainSends(at now: Timestamp, limit: Int) async throws -> [UncertainSend] {
        try await ledger.uncertainSends(at: now, limit: limit)
    }

    func settleParked(_ touch: Touch.ID, wasSent: Bool, at now: Timestamp) async throws -> Bool {
        try await ledger.settleParked(touch, wasSent: wasSent, at: now)
    }

    func halts() async throws -> [ChannelHalt] { try await ledger.halts() }

    func standing(since: Timestamp) async throws -> DeliveryStanding { try await ledger.standing(since: since) }

    func resume(_ channel: ContactChannel, at now: Timestamp) async throws -> Bool { try await ledger.resume(channel, at: now) }
}

extension FailpointLedger: InboxLedger {
    @discardableResult
    func record(_ inbound: Inbound) async throws -> InboundReceipt {
        try await around(.inboundBeforeCommit, .inboundAfterCommit) { try await ledger.record(inbound) }
    }

    func textsRead() async throws -> Timestamp? { try await ledger.textsRead() }

    func noteTextsRead(until now: Timestamp) async throws { try await ledger.noteTextsRead(until: now) }

    func rooftop(lastWritingTo point: ContactPoint) async throws -> String? { try await ledger.rooftop(lastWritingTo: point) }

    func conversations(rooftops: [String]?, states: Set<Conversation.State>, limit: Int) async throws -> [Conversation] {
        try await ledger.conversations(rooftops: rooftops, states: states, limit: limit)
    }

    func conversation(_ id: Conversation.ID) async throws -> Conversation? { try await ledger.conversation(id) }

    func settle(_ id: Conversation.ID, as state: Conversation.State, at now: Timestamp) async throws {
        try await ledger.settle(id, as: state, at: now)
    }

    func queueAnswer(_ id: Conversation.ID, text: String, by: String, at now: Timestamp) async throws -> TeamAnswer? {
        try await ledger.queueAnswer(id, text: text, by: by, at: now)
    }

    func waitingAnswers(limit: Int) async throws -> [TeamAnswer] { try await ledger.waitingAnswers(limit: limit) }

    func claim(_ answer: TeamAnswer.ID, at now: Timestamp) async throws -> Bool { try await ledger.claim(answer, at: now) }

    func settle(_ answer: TeamAnswer.ID, _ outcome: SendOutcome, at now: Timestamp) async throws {
        try await ledger.settle(answer, outcome, at: now)
    }

    func queueCall(_ intent: Intent, at now: Timestamp) async throws { try await ledger.queueCall(intent, at: now) }

    func calls(rooftops: [String]?, limit: Int) async throws -> [CallTask] { try await ledger.calls(rooftops: rooftops, limit: limit) }

    func settleCall(_ touch: Touch.ID, _ outcome: CallTask.Outcome, at now: Timestamp) async throws -> Bool {
        try await ledger.settleCall(touch, outcome, at: now)
    }
}
