/// Keeps every rooftop's enrollments, touches and sends, and hands them to planner and dispatcher.
///
/// Each call is one transaction: after an error nothing of it is kept. A state and the record of why it changed share the
/// transaction, and every change of a touch holds only for the generation that it was decided for.
public protocol FollowUpLedger: Sendable {
    /// Notes a rooftop's name, group and zone, so that the report can tell of it.
    func register(_ rooftop: Rooftop) async throws

    /// Gives the rooftops that the ledger knows, by id.
    func rooftops() async throws -> [RegisteredRooftop]

    /// Plans up to `limit` repair orders of a rooftop that were taken in and not planned yet, oldest visit first.
    ///
    /// - Parameter plan: Pure; it runs inside the transaction, once for each visit.
    /// - Returns: How many were planned; fewer than `limit` when none is left.
    func planVisits(
        rooftop: String, limit: Int, at now: Timestamp, _ plan: @escaping @Sendable (ArrivedVisit) -> [PlanChange]
    ) async throws -> Int

    /// Notes that the rooftop's dispatcher runs, and tells how fast it may. A backlog is spread until none of it is planned.
    ///
    /// Touches whose intents were committed, whose time is over and of which no result was recorded become uncertain.
    func beginTurn(rooftop: String, hours: RooftopHours, at now: Timestamp) async throws -> DispatchTurn

    /// A person's word that what waits after a long outage may go out, spread as after a shorter one.
    func resume(rooftop: String, hours: RooftopHours, at now: Timestamp) async throws

    /// Gives touches of the rooftop whose time to look at them has come, the longest due first.
    func dueTouches(rooftop: String, at now: Timestamp, limit: Int) async throws -> [ClaimedTouch]

    /// Gives when the rooftop's next planned touch is to be looked at; nil when there is none.
    func nextLook(rooftop: String) async throws -> Timestamp?

    /// Commits decisions and intents, durable when it returns.
    ///
    /// An intent holds only when, at this instant, its touch still has the generation before it and is planned, its
    /// enrollment runs, no contact point of it has opted out, was contacted in the last 72 hours, or was contacted
    /// three times in the last 30 days. It then counts for every contact point.
    /// - Returns: The touches whose intents hold; the gateway may have those.
    func commit(_ intents: [Intent], _ decisions: [TouchDecision], at now: Timestamp) async throws -> Set<Touch.ID>

    /// Gives those of committed intents that must not go out any more: someone has answered, opted out or been held since.
    func withdrawn(among intents: [Intent]) async throws -> Set<Touch.ID>

    /// Records what came of sends. A send that certainly didn't happen no longer counts for its contact points.
    func settle(_ results: [SendResult]) async throws

    /// Gives the declined items of rooftops as the report counts them; of all when `rooftops` is nil.
    func reportItems(rooftops: [String]?) async throws -> [ReportItem]

    /// Gives how many touches stand in each state; states without one are left out.
    func touchCounts() async throws -> [Touch.State: Int]

    /// Gives what scripts did wrong since an instant, most frequent first.
    func scriptFailures(rooftops: [String]?, since: Timestamp, limit: Int) async throws -> [CountedFailure]

    /// Gives all that is recorded of a touch; nil when there is no such touch.
    func history(of touch: Touch.ID) async throws -> TouchHistory?

    /// Gives touches of a rooftop that were to be written since an instant, oldest first, with what was decided then.
    ///
    /// - Parameter after: Where the last page ended; nil for the first.
    func hookRecords(rooftop: String, since: Timestamp, after: RecordedDraft.Place?, limit: Int) async throws -> [RecordedDraft]

    /// Gives the touches of the enrollment that a repair order belongs to, in the order planned.
    func touches(rooftop: String?, roNumber: RepairOrder.Number) async throws -> [Touch.ID]
}
