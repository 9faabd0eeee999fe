public import FollowUp

/// Hands the team's answers to the providers, each once.
public struct AnswerRelay: Sendable {
    /// Answers of one turn.
    private static let batch = 20
    /// An answer that couldn't be handed over for so long isn't any more: it would come out of the blue.
    private static let validSeconds: Int64 = 24 * 3600

    private let ledger: any InboxLedger
    private let gateway: any AnswerGateway
    private let gate: SendGate
    private let clock: any WallClock

    public init(ledger: any InboxLedger, gateway: any AnswerGateway, gate: SendGate, clock: any WallClock) {
        self.ledger = ledger
        self.gateway = gateway
        self.gate = gate
        self.clock = clock
    }

    public func takeTurn() async throws {
        for waiting in try await ledger.waitingAnswers(limit: Self.batch) {
            // The claim looks at opt-outs, so it is made inside the gate.
            try await gate.while(sendingTo: waiting.to.address) {
                guard try await ledger.claim(waiting.id, at: clock.now) else { return }
                try await ledger.settle(waiting.id, await gateway.send(waiting, notAfter: clock.now + Self.validSeconds), at: clock.now)
            }
        }
    }
}
