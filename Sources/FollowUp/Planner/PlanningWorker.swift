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

    /// Plans until none is left, and gives how many visits it planned.
    @discardableResult
    public func takeTurn() async throws -> Int {
        var total = 0
        while true {
            let now = clock.now
            let planned = try await ledger.planVisits(rooftop: planner.rooftop.id, limit: Self.usualBatch, at: now) { [planner] in
                planner.changes(for: $0, at: now)
            }
            total += planned
            if planned < Self.usualBatch { return total }
        }
    }
}
