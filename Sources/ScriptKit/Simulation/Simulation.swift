public import FollowUp

/// The whole of Revisit on invented time: repair orders arrive each morning, workers take their turns, customers answer.
///
/// Planner, dispatcher and ledger are those of production; only the clock, the gateway and the customers are not.
public final class Simulation {
    /// A rooftop with the repair orders of its export, in the order read.
    public struct Participant: Sendable {
        public var rooftop: Rooftop
        public var writer: any TouchWriter
        public var orders: [RepairOrder]

        public init(rooftop: Rooftop, writer: any TouchWriter, orders: [RepairOrder]) {
            self.rooftop = rooftop
            self.writer = writer
            self.orders = orders
        }
    }

    /// What customers do.
    public enum Customers: Sendable {
        /// They never answer.
        case silent
        /// Drawn from a seed: most do nothing.
        case drawn(seed: UInt64)
        case scripted([Scenario.Step])
    }

    /// Something that happened besides what the gateway was given. Rooftops are named by id.
    public enum Event: Sendable {
        case arrived(rooftop: String, orders: Int, declined: Int, at: Timestamp)
        /// To that touch; nil when it answers none.
        case replied(Touch.ID?, String, rooftop: String, from: ContactPoint, at: Timestamp)
        case booked(Touch.ID?, rooftop: String, at: Timestamp)
        /// Nothing ran; told when it runs again.
        case stoodStill(from: Timestamp, until: Timestamp)
    }

    /// When the day's export arrives, in the rooftop's zone.
    private static let importsAt = LocalTime(hour: 6) ?? .midnight
    /// Workers take a turn at least this often, so that a quiet night is no outage.
    private static let idleTurnSeconds: Int64 = 5 * 3600

    private static let backlogTurnSeconds: Int64 = 600

    private struct Scheduled {
        enum What {
            case export(Int, [RepairOrder])
            case inbound(Touch.ID?, Inbound)
        }

        let at: Timestamp
        let order: Int
        let what: What
    }

    private let participants: [Participant]
    private let ledger: any ImportLedger & FollowUpLedger & InboxLedger
    private let gateway: SimulatedGateway
    private let clock: SimulatedClock
    private let customers: SimulatedCustomers?
    private let steps: [Scenario.Step]
    private var stepsTaken: Set<Int> = []
    private let start: Timestamp
    private let end: Timestamp
    private let outages: [Range<Timestamp>]
    private let link: @Sendable (Touch.ID) -> String
    private var agenda: [Scheduled] = []
    private var scheduled = 0
    private var orders: [[RepairOrder.Number: RepairOrder]]

    /// - Parameters:
    ///   - end: When it stops: what is due then isn't sent any more.
    ///   - outages: While nothing runs. What arrives meanwhile waits.
    ///   - gateway: Shows or swallows what is sent.
    public init(
        _ participants: [Participant], ledger: any ImportLedger & FollowUpLedger & InboxLedger, gateway: any Gateway, until end: Timestamp,
        customers: Customers, outages: [Range<Timestamp>] = [], link: @escaping @Sendable (Touch.ID) -> String
    ) {
        self.participants = participants
        self.ledger = ledger
        self.gateway = SimulatedGateway(gateway)
        self.link = link
        self.outages = outages
        switch customers {
        case .silent: (self.customers, steps) = (nil, [])
        case .drawn(let seed): (self.customers, steps) = (SimulatedCustomers(seed: seed), [])
        case .scripted(let steps): (self.customers, self.steps) = (nil, steps)
        }
        start = Self.start(of: participants)
        self.end = max(start, end)
        clock = SimulatedClock(at: start)
        orders = participants.map { _ in [:] }
    }

    /// Midnight before the first visit of the exports, in the first rooftop's zone.
    public static func start(of participants: [Participant]) -> Timestamp {
        let firstVisit = participants.flatMap { $0.orders.map(\.closedOn) }.min() ?? LocalDate(dayNumber: 0)
        return (participants.first?.rooftop.zone ?? .utc).timestamp(of: firstVisit, .midnight)
    }

    /// That many days after the start.
    public static func end(of participants: [Participant], days: Int) -> Timestamp {
        let zone = participants.first?.rooftop.zone ?? .utc
        return zone.timestamp(of: zone.localDate(at: start(of: participants)) + days, .midnight)
    }

    /// The days simulated, both ends included.
    public var period: ClosedRange<LocalDate> {
        let zone = participants.first?.rooftop.zone ?? .utc
        return zone.localDate(at: start)...max(zone.localDate(at: start), zone.localDate(at: end) - 1)
    }

    /// Steps of the scenario whose moment hasn't come, by their place: the touch they wait for wasn't sent, or they lie outside the days.
    public var stepsNotTaken: [Int] { steps.indices.filter { !stepsTaken.contains($0) } }

    /// Runs to the end, telling what happens as it happens, and gives how many visits were planned.
    @discardableResult
    public func run(_ tell: (Event) -> Void) async throws -> Int {
        var visits = 0
        for (place, participant) in participants.enumerated() {
            try await ledger.register(participant.rooftop)
            scheduleExports(of: place)
            scheduleSteps(of: place)
        }
        let workers = participants.map { participant in
            (
                planning: PlanningWorker(rooftop: participant.rooftop, ledger: ledger, clock: clock),
                dispatcher: Dispatcher(
                    rooftop: participant.rooftop, writer: participant.writer, ledger: ledger, gateway: gateway, clock: clock,
                    link: link)
            )
        }
        // When each rooftop's next turn is due: nothing changes for it before then, except by an export.
        var turns = participants.map { _ in start }
        while clock.now < end {
            let arrivals = try await takeIn(tell)
            for (place, worker) in workers.enumerated() {
                if arrivals.contains(place) { visits += try await worker.planning.takeTurn().visits }
                guard arrivals.contains(place) || turns[place] <= clock.now else { continue }
                _ = try await worker.dispatcher.takeTurn()
                for intent in gateway.takeAccepted() { try await react(to: intent, place) }
                turns[place] = try await nextTurn(of: participants[place].rooftop)
            }
            let before = clock.now
            clock.advance(to: nextInstant(turns))
            for outage in outages where before < outage.upperBound && outage.upperBound <= clock.now {
                tell(.stoodStill(from: outage.lowerBound, until: outage.upperBound))
            }
        }
        return visits
    }

    /// Takes in what has arrived by now: answers first, then exports.
    private func takeIn(_ tell: (Event) -> Void) async throws -> Set<Int> {
        var due: [Scheduled] = []
        while let next = agenda.last, next.at <= clock.now {
            due.append(next)
            agenda.removeLast()
        }
        var arrivals: Set<Int> = []
        for next in due {
            guard case .inbound(let touch, let inbound) = next.what else { continue }
            try await ledger.record(inbound)
            switch inbound.kind {
            case .reply(let words): tell(.replied(touch, words, rooftop: inbound.rooftop, from: inbound.from, at: inbound.at))
            case .booking: tell(.booked(touch, rooftop: inbound.rooftop, at: inbound.at))
            // Buttons that no simulated customer presses.
            case .callRequest, .optOut: break
            }
        }
        for next in due {
            guard case .export(let place, let exported) = next.what else { continue }
            try await importOrders(exported, place, at: clock.now, number: next.order)
            arrivals.insert(place)
            let declined = exported.reduce(0) { $0 + $1.declined.count }
            tell(.arrived(rooftop: participants[place].rooftop.id, orders: exported.count, declined: declined, at: clock.now))
        }
        return arrivals
    }

    private func importOrders(_ exported: [RepairOrder], _ place: Int, at now: Timestamp, number: Int) async throws {
        let started = try await ledger.begin(
            rooftop: participants[place].rooftop.id, fileName: "simulated-\(number).csv", sha256: "simulated-\(number)", now: now)
        guard case .new(let id) = started else { return }
        try await ledger.stage(exported, [], in: id)
        _ = try await ledger.publish(id, now: now)
        for order in exported {
            let isNew = orders[place].updateValue(order, forKey: order.roNumber) == nil
            guard isNew, order.status == .closed, !order.declined.isEmpty, let customers else { continue }
            if let days = customers.unaskedVisit(after: order) { scheduleVisit(of: order, on: order.closedOn + days, place) }
        }
    }

    private func react(to intent: Intent, _ place: Int) async throws {
        guard let customers else { return try await followSteps(after: intent, place) }
        let reaction = customers.reaction(to: intent.touch)
        guard let (answer, afterSeconds) = reaction.answer else { return }
        let at = clock.now + afterSeconds
        let kind: Inbound.Kind =
            switch answer {
            case .words(let words): .reply(words)
            case .booking: .booking
            }
        schedule(.inbound(intent.touch, Inbound(rooftop: intent.rooftop, from: intent.contactPoint, kind: kind, at: at)), at: at)
        guard let days = reaction.visitAfterDays, let history = try await ledger.history(of: intent.touch),
            let order = orders[place][history.roNumber]
        else { return }
        scheduleVisit(of: order, on: participants[place].rooftop.zone.localDate(at: at) + days, place)
    }

    // MARK: - What a scenario says

    private func followSteps(after intent: Intent, _ place: Int) async throws {
        guard steps.contains(where: { if case .after(intent.kind, _) = $0.moment { true } else { false } }),
            let history = try await ledger.history(of: intent.touch)
        else { return }
        for (number, step) in steps.enumerated() where step.roNumber == history.roNumber {
            guard case .after(intent.kind, let minutes) = step.moment else { continue }
            let at = clock.now + Int64(minutes) * 60
            if at < end { stepsTaken.insert(number) }
            schedule(step.act, of: step.roNumber, from: intent.contactPoint, touch: intent.touch, at: at, place)
        }
    }

    private func scheduleSteps(of place: Int) {
        let participant = participants[place]
        for (number, step) in steps.enumerated() {
            guard case .at(let date, let time) = step.moment,
                let order = participant.orders.last(where: { $0.roNumber == step.roNumber }),
                let from = order.customer.phone.map(ContactPoint.phone) ?? order.customer.email.map(ContactPoint.email)
            else { continue }
            orders[place][order.roNumber] = order
            let at = participant.rooftop.zone.timestamp(of: date, time)
            if (start..<end).contains(at) { stepsTaken.insert(number) }
            schedule(step.act, of: step.roNumber, from: from, touch: nil, at: at, place)
        }
    }

    private func schedule(
        _ act: Scenario.Act, of number: RepairOrder.Number, from: ContactPoint, touch: Touch.ID?, at: Timestamp, _ place: Int
    ) {
        let rooftop = participants[place].rooftop
        switch act {
        case .reply(let words): schedule(.inbound(touch, Inbound(rooftop: rooftop.id, from: from, kind: .reply(words), at: at)), at: at)
        case .booking: schedule(.inbound(touch, Inbound(rooftop: rooftop.id, from: from, kind: .booking, at: at)), at: at)
        case .visit(let opCodes):
            guard let order = orders[place][number] else { return }
            let date = rooftop.zone.localDate(at: at)
            scheduleExport([order.visit(on: date, doing: opCodes)], closedOn: date, place)
        }
    }

    // MARK: - The agenda

    private func scheduleVisit(of order: RepairOrder, on date: LocalDate, _ place: Int) {
        guard let customers else { return }
        scheduleExport([customers.closing(order, on: date)], closedOn: date, place)
    }

    private func scheduleExports(of place: Int) {
        let days = Dictionary(grouping: participants[place].orders, by: \.closedOn)
        for date in days.keys.sorted() { scheduleExport(days[date] ?? [], closedOn: date, place) }
    }

    private func scheduleExport(_ exported: [RepairOrder], closedOn date: LocalDate, _ place: Int) {
        schedule(.export(place, exported), at: participants[place].rooftop.zone.timestamp(of: date + 1, Self.importsAt))
    }

    /// Keeps the agenda sorted, the next thing last; of two at the same instant the one scheduled first comes first.
    private func schedule(_ what: Scheduled.What, at: Timestamp) {
        let added = Scheduled(at: at, order: scheduled, what: what)
        scheduled += 1
        var low = 0
        var high = agenda.count
        while low < high {
            let middle = (low + high) / 2
            if agenda[middle].at > at { low = middle + 1 } else { high = middle }
        }
        agenda.insert(added, at: low)
    }

    private func nextTurn(of rooftop: Rooftop) async throws -> Timestamp {
        let idle = clock.now + Self.idleTurnSeconds
        guard let look = try await ledger.nextLook(rooftop: rooftop.id) else { return idle }
        // What is due already waits its turn in a backlog that is being spread.
        return min(idle, look > clock.now ? look : clock.now + Self.backlogTurnSeconds)
    }

    private func nextInstant(_ turns: [Timestamp]) -> Timestamp {
        var next = turns.min() ?? end
        if let scheduled = agenda.last { next = min(next, scheduled.at) }
        for outage in outages where outage.contains(next) { next = outage.upperBound }
        return min(max(next, clock.now + 1), end)
    }
}

extension RepairOrder {
    /// The repair order of a later visit on which that work was done.
    fileprivate func visit(on date: LocalDate, doing opCodes: [String]) -> RepairOrder {
        RepairOrder(
            roNumber: RepairOrder.Number("\(roNumber)-V\(date - closedOn)"), closedOn: date, mileage: mileage, customer: customer,
            vehicle: vehicle,
            performed: opCodes.map { code in
                let declined = self.declined.first { $0.opCode == code }
                return PerformedWork(opCode: code, description: declined?.description, priceCents: declined?.priceCents)
            })
    }
}
