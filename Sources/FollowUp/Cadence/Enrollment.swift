/// One visit's declined items in a cadence, with what later visits added to them.
public struct Enrollment: Sendable, Equatable {
    /// The visit that the touches are planned from.
    public let visitOn: LocalDate
    /// The newest visit merged; nothing is sent on it or on the day after.
    public private(set) var latestVisitOn: LocalDate
    /// Most important first.
    public private(set) var items: [ClassifiedItem]
    public let touches: [PlannedTouch]

    /// Nil without items: there is no follow-up without declined work.
    public init?(visitOn: LocalDate, items: [ClassifiedItem], touches: [PlannedTouch]) {
        guard !items.isEmpty else { return nil }
        self.visitOn = visitOn
        latestVisitOn = visitOn
        self.items = items.sorted { $0.precedes($1) }
        self.touches = touches
    }

    /// Adds a later visit's items to the running sequence; its touches stay as they are.
    ///
    /// Work declined again is kept once, as the newer visit describes it.
    public mutating func merge(_ added: [ClassifiedItem], visitOn: LocalDate) {
        let (newer, older) = visitOn >= latestVisitOn ? (added, items) : (items, added)
        let kept = older.filter { item in !newer.contains { $0.isSameWork(as: item) } }
        items = (newer + kept).sorted { $0.precedes($1) }
        latestVisitOn = max(latestVisitOn, visitOn)
    }
}
