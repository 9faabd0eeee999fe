/// All that the ledger knows of one touch, for whoever asks why.
public struct TouchHistory: Sendable {
    /// Something that happened to the touch or to the follow-up that it belongs to.
    public struct Entry: Sendable, Equatable {
        public enum What: Sendable, Equatable {
            /// Decided not to send, in words.
            case decided(String)
            /// Decided to send: the exact text, by the scripts of that SHA-256.
            case intended(Message, notAfter: Timestamp, bundleSHA256: String)
            /// What the gateway said of it, in words.
            case settled(String)
            /// What the provider said later, or what a look for it found, in words.
            case reported(String)
            /// A script failed, and the default was used.
            case scriptFailed(ScriptFailure)
            /// The customer answered or booked, in words.
            case inbound(String)
        }

        public let at: Timestamp
        public let what: What
        /// What the rooftop's hooks were told and said for this decision; nil for anything else, and for touches from before it was kept.
        public let hooks: HookRecord?

        public init(at: Timestamp, what: What, hooks: HookRecord? = nil) {
            self.at = at
            self.what = what
            self.hooks = hooks
        }
    }

    public var id: Touch.ID
    public var rooftop: String
    public var kind: TouchKind
    public var plannedOn: LocalDate
    public var dueAt: Timestamp
    /// When it is looked at next, while it is planned.
    public var looksAt: Timestamp
    public var state: Touch.State
    public var isLate: Bool
    public var visitOn: LocalDate
    public var roNumber: RepairOrder.Number
    public var customer: Customer
    public var vehicle: Vehicle
    /// The items' plain names, with "open", "closed", … for each.
    public var items: [(name: String, state: String)]
    public var ended: EnrollmentEnd?
    /// Oldest first.
    public var entries: [Entry]

    public init(
        id: Touch.ID, rooftop: String, kind: TouchKind, plannedOn: LocalDate, dueAt: Timestamp, looksAt: Timestamp,
        state: Touch.State, isLate: Bool, visitOn: LocalDate, roNumber: RepairOrder.Number, customer: Customer,
        vehicle: Vehicle, items: [(name: String, state: String)], ended: EnrollmentEnd?, entries: [Entry]
    ) {
        self.id = id
        self.rooftop = rooftop
        self.kind = kind
        self.plannedOn = plannedOn
        self.dueAt = dueAt
        self.looksAt = looksAt
        self.state = state
        self.isLate = isLate
        self.visitOn = visitOn
        self.roNumber = roNumber
        self.customer = customer
        self.vehicle = vehicle
        self.items = items
        self.ended = ended
        self.entries = entries
    }
}

/// A script's failure with how often it happened.
public struct CountedFailure: Sendable, Equatable {
    public let rooftop: String
    public let failure: ScriptFailure
    public let count: Int

    public init(rooftop: String, failure: ScriptFailure, count: Int) {
        self.rooftop = rooftop
        self.failure = failure
        self.count = count
    }
}
