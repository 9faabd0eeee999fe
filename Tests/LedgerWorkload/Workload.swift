public import FollowUp
public import SQLiteStorage

/// Customers of one rooftop with follow-up planned: what the workers of the durability tests work on.
public struct Workload: Sendable {
    public static let zoneName = "America/Chicago"

    public let rooftop: Rooftop
    public let visitOn = LocalDate(dayNumber: 20_515)

    public init() throws {
        rooftop = Rooftop(
            id: "lakeside", name: "Lakeside",
            hours: RooftopHours(place: Place(zone: try Zone(identifier: Self.zoneName), jurisdiction: nil)), cadence: Cadence(),
            bookingLink: "https://book.example.com")
    }

    /// 10:00 on the n-th day after the visits.
    public func day(_ number: Int) -> Timestamp { rooftop.zone.timestamp(of: visitOn + number, Cadence.usualSendAt) }

    public static func phone(_ number: Int) -> String { "+1312555\(1_000 + number)" }

    /// Registers the rooftop and plans a follow-up of three touches for each visit.
    ///
    /// - Parameters:
    ///   - sharing: Customers that share a phone.
    ///   - hasEmail: Who has an address besides, whose follow-up an opt-out of the phone doesn't end.
    public func plan(contacts: Int, sharing: Int = 1, hasEmail: Bool = false, in ledger: SQLiteLedger) async throws {
        try await ledger.register(rooftop)
        let orders = (0..<contacts).flatMap { contact in
            (0..<sharing).map { person in
                RepairOrder(
                    roNumber: .init("\(contact)-\(person)"), status: .closed, closedOn: visitOn,
                    customer: Customer(name: "Person \(contact) \(person)", phone: Self.phone(contact),
                        email: hasEmail ? "person\(contact)-\(person)@example.com" : nil, textOK: true),
                    declined: [DeclinedItem(opCode: "BRKF", description: "front pads", priceCents: 41_250)], performed: [])
            }
        }
        let start = try await ledger.begin(rooftop: rooftop.id, fileName: "visits.csv", sha256: "visits", now: day(1))
        guard case .new(let id) = start else { return }
        try await ledger.stage(orders, [], in: id)
        _ = try await ledger.publish(id, now: day(1))
        let planner = Planner(rooftop: rooftop)
        let now = day(1)
        _ = try await ledger.planVisits(rooftop: rooftop.id, limit: orders.count, at: now) { planner.changes(for: $0, at: now) }
    }

    public func intent(_ claim: ClaimedTouch, at now: Timestamp) -> Intent {
        Intent(
            touch: claim.id, kind: claim.touch.kind, generation: claim.generation + 1, rooftop: rooftop.id,
            address: claim.customer.phone ?? "", message: .sms("words"), decidedAt: now, notAfter: now + 3600, bundleSHA256: "b")
    }
}

/// Writes the same words for everyone.
public struct PlainWriter: TouchWriter {
    public let bundleSHA256 = "plain"

    public init() {}

    public func drafts(of requests: [DraftRequest]) async throws -> [Draft] {
        requests.map { _ in Draft(content: .message(.sms("words"))) }
    }
}

/// A clock that stands.
public struct StandingClock: WallClock {
    public let now: Timestamp

    public init(_ now: Timestamp) {
        self.now = now
    }
}

/// Tells what it was given, and accepts it.
public struct TellingGateway: Gateway {
    private let tell: @Sendable (Intent) -> Void

    public init(_ tell: @escaping @Sendable (Intent) -> Void) {
        self.tell = tell
    }

    public func send(_ intent: Intent) async -> SendOutcome {
        tell(intent)
        return .accepted(providerID: "p\(intent.touch.number)-\(intent.generation)")
    }
}
