public import FollowUp

/// Takes in what customers texted while nobody listened: what the provider lists and no webhook brought.
public actor InboundCatchUp {
    /// How far back the first look of a new ledger goes.
    private static let firstSeconds = Timestamp.secondsPerDay
    /// How far a look overlaps with the one before it.
    private static let overlapSeconds: Int64 = 3600

    private let list: @Sendable (Timestamp) async throws -> [ReceivedText]
    private let ledger: any InboxLedger
    private let gate: SendGate
    private let clock: any WallClock
    private let rooftops: @Sendable () -> RooftopDirectory
    private var hasCaughtUp = false

    /// - Parameter list: Lists texts that customers sent since an instant; the same may come again.
    public init(
        list: @escaping @Sendable (Timestamp) async throws -> [ReceivedText], ledger: any InboxLedger, gate: SendGate, clock: any WallClock,
        rooftops: @escaping @Sendable () -> RooftopDirectory
    ) {
        self.list = list
        self.ledger = ledger
        self.gate = gate
        self.clock = clock
        self.rooftops = rooftops
    }

    /// Whether sends may begin: after a long stop only when what came meanwhile was taken in.
    public func maySend() async throws -> Bool {
        if hasCaughtUp { return true }
        guard let until = try await ledger.textsRead() else { return true }
        return clock.now - until <= OutageRule.spreadAfterSeconds
    }

    public func takeTurn() async throws {
        let now = clock.now
        let since = try await ledger.textsRead().map { $0 - Self.overlapSeconds } ?? now - Self.firstSeconds
        for text in try await list(since) {
            let point = ContactPoint.phone(text.from)
            let words = text.body.isEmpty && text.mediaCount > 0 ? "(picture)" : text.body
            let rooftop = try await ledger.rooftop(lastWritingTo: point) ?? rooftops().rooftop(sendingFrom: text.to)
            let receipt = try await ledger.record(
                Inbound(rooftop: rooftop, from: point, kind: .reply(words), at: now, providerID: text.providerID))
            if receipt.isNew { await gate.quiet(after: receipt.meaning, of: point.address) }
        }
        try await ledger.noteTextsRead(until: now)
        hasCaughtUp = true
    }
}
