/// The document of one service visit, as a mapping yields it and the ledger keeps it.
///
/// Its key is the rooftop and `roNumber`; which of two records with one key holds is for `RepairOrder.supersedes(_:)`.
public struct RepairOrder: Sendable, Equatable {
    /// The DMS's number, a string: leading zeros and suffixes ("611016A") are kept.
    public struct Number: Hashable, Sendable, Comparable, CustomStringConvertible {
        public let text: String

        public init(_ text: String) {
            self.text = text
        }

        public static func < (left: Number, right: Number) -> Bool { left.text < right.text }

        public var description: String { text }
    }

    /// Whether the visit stands. A voided repair order starts nothing and ends what it had started.
    public enum Status: String, Sendable, CaseIterable {
        case closed, void
    }

    public var roNumber: Number
    /// Nil when the export counts no revisions.
    public var revision: Int?
    public var status: Status
    /// The close date in the rooftop's zone: day 0 of the cadence.
    public var closedOn: LocalDate
    /// Miles on the odometer.
    public var mileage: Int?
    public var customer: Customer
    public var vehicle: Vehicle
    public var declined: [DeclinedItem]
    /// Work done on this visit; nil when the export doesn't say.
    public var performed: [PerformedWork]?
    /// Op codes of work that the customer had done at another shop; nil when the export doesn't say.
    public var doneElsewhere: [String]?
    public var source: Source?
    public var warnings: [String]

    public init(
        roNumber: Number, revision: Int? = nil, status: Status = .closed, closedOn: LocalDate, mileage: Int? = nil,
        customer: Customer, vehicle: Vehicle = Vehicle(), declined: [DeclinedItem] = [],
        performed: [PerformedWork]? = nil, doneElsewhere: [String]? = nil, source: Source? = nil, warnings: [String] = []
    ) {
        self.roNumber = roNumber
        self.revision = revision
        self.status = status
        self.closedOn = closedOn
        self.mileage = mileage
        self.customer = customer
        self.vehicle = vehicle
        self.declined = declined
        self.performed = performed
        self.doneElsewhere = doneElsewhere
        self.source = source
        self.warnings = warnings
    }

    /// Tells whether this record, read after `held`, replaces it.
    ///
    /// A higher revision always does and a lower one never does, whichever came first. Of two equal revisions a void holds
    /// for good; otherwise the record of the file with the later stamp holds, and where the stamps are equal or not known,
    /// the one read later. So files with stamps may come in any order and end alike.
    public func supersedes(_ held: RepairOrder) -> Bool {
        let mine = revision ?? 0
        let theirs = held.revision ?? 0
        if mine != theirs { return mine > theirs }
        if status != held.status { return status == .void }
        if let mine = source?.stampedAt, let theirs = held.source?.stampedAt { return mine >= theirs }
        return true
    }
}
