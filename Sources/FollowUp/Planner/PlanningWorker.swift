internal import Synchronization

/// Plans the visits that a rooftop's imports brought, batch by batch.
public struct PlanningWorker: Sendable {
    /// Visits in one transaction.
    public static let usualBatch = 200

    private let planner: Planner
    private let ledger: any FollowUpLedger
    private let clock: any WallClock

    public init(rooftop: Rooftop, ledger: any FollowUpLedger, clock: any WallClock) {
        planner = Planner(rooftop: rooftop)
        self.ledger = ledger
        self.clock = clock
    }

    /// Plans until none is left.
    @discardableResult
    public func takeTurn() async throws -> PlanningTurn {
        var turn = PlanningTurn()
        let tooOld = Mutex(0)
        while true {
            let now = clock.now
            let planned = try await ledger.planVisits(rooftop: planner.rooftop.id, limit: Self.usualBatch, at: now) { [planner] in
                let changes = planner.changes(for: $0, at: now)
                if changes.contains(where: \.beginsTooLate) { tooOld.withLock { $0 += 1 } }
                return changes
            }
            turn.visits += planned
            if planned < Self.usualBatch { break }
        }
        turn.tooOld = tooOld.withLock { $0 }
        return turn
    }
}

extension PlanChange {
    /// Whether it is a sequence of which every touch has expired before it begins.
    fileprivate var beginsTooLate: Bool {
        if case .enroll(_, let touches) = self { touches.allSatisfy { $0.state == .expired } } else { false }
    }
}
