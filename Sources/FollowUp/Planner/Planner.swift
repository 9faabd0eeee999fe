/// Decides what a visit means for a rooftop's follow-up: what begins, what is added, what is done.
///
/// Deciding is pure and may be repeated: planning the same repair order again changes nothing more.
public struct Planner: Sendable {
    public let rooftop: Rooftop
    private let attribution: Attribution

    public init(rooftop: Rooftop) {
        self.rooftop = rooftop
        attribution = Attribution(catalogue: rooftop.catalogue)
    }

    /// Gives what to change, in order.
    public func changes(for visit: ArrivedVisit, at now: Timestamp) -> [PlanChange] {
        var plan = Plan(visit)
        closeWorkDone(in: &plan)
        if visit.repairOrder.status == .void {
            for item in visit.ownItems { plan.withdraw(item) }
        } else {
            followUp(in: &plan, at: now)
            noteVisit(in: &plan)
        }
        plan.endWhatIsOver()
        if plan.hasReopened { lookAgain(in: &plan) }
        return plan.changes
    }

    /// Closes what the repair order did, and opens again what an earlier revision of it had closed and this one doesn't.
    private func closeWorkDone(in plan: inout Plan) {
        let order = plan.visit.repairOrder
        let items = plan.visit.otherItems.filter { !$0.isDeclinedAgain }
        let closures = attribution.closures(of: items.map(\.open), by: order, at: rooftop.id)
        for (item, closure) in zip(items, closures) {
            if let closure {
                plan.close(item, closure)
            } else if item.closedBy == order.roNumber {
                plan.reopen(item)
            }
        }
    }

    private func followUp(in plan: inout Plan, at now: Timestamp) {
        let order = plan.visit.repairOrder
        var added = rooftop.catalogue.items(declinedOn: order)
        for item in plan.visit.ownItems {
            guard let place = added.firstIndex(where: { $0.isSameWork(as: item.open.declined) }) else {
                plan.withdraw(item)
                continue
            }
            let now = added.remove(at: place)
            if !item.isDeclinedAgain, !now.isDescribed(like: item.open.declined) { plan.changes.append(.describe(item.id, as: now)) }
        }
        correctDate(in: &plan, at: now)
        guard !added.isEmpty else { return }
        if let enrollment = plan.enrollment(for: order) {
            plan.merge(added, into: enrollment)
        } else {
            plan.changes.append(.enroll(added, touches: touches(for: order, added, at: now)))
        }
        lookAgain(in: &plan)
    }

    /// Repair orders that came in before may have done what is open now.
    private func lookAgain(in plan: inout Plan) {
        let later = plan.visit.later.filter { !($0.performed ?? []).isEmpty || !($0.doneElsewhere ?? []).isEmpty }
        if !later.isEmpty { plan.changes.append(.lookAgain(at: later.map(\.roNumber))) }
    }

    /// Plans anew from the corrected date, as long as the customer has heard nothing.
    private func correctDate(in plan: inout Plan, at now: Timestamp) {
        let order = plan.visit.repairOrder
        for own in plan.visit.running where own.roNumber == order.roNumber && own.visitOn != order.closedOn && !own.isContacted {
            let items = rooftop.catalogue.items(declinedOn: order)
            guard !items.isEmpty else { continue }
            plan.changes.append(.replan(own.id, visitOn: order.closedOn, touches: touches(for: order, items, at: now)))
        }
    }

    private func noteVisit(in plan: inout Plan) {
        let order = plan.visit.repairOrder
        for enrollment in plan.visit.running where order.closedOn >= enrollment.latestVisitOn {
            let isOwn = enrollment.roNumber == order.roNumber || enrollment.customer.isSamePerson(as: order.customer)
            guard isOwn || enrollment.customer.sharesContactPoint(with: order.customer) else { continue }
            plan.changes.append(.visited(enrollment.id, on: order.closedOn))
            if isOwn { plan.changes.append(.readdress(enrollment.id)) }
        }
    }

    private func touches(for order: RepairOrder, _ items: [ClassifiedItem], at now: Timestamp) -> [PlannedTouch] {
        rooftop.cadence.touches(visitOn: order.closedOn, items: items, arrivedAt: now, zone: rooftop.zone)
    }
}

/// The changes so far, and which items are still open after them.
private struct Plan {
    let visit: ArrivedVisit
    var changes: [PlanChange] = []
    private var gone: [FollowedItem.ID: EnrollmentEnd] = [:]
    private var reopened: Set<FollowedItem.ID> = []
    private var refilled: Set<Enrollment.ID> = []

    init(_ visit: ArrivedVisit) {
        self.visit = visit
    }

    var hasReopened: Bool { !reopened.isEmpty }

    mutating func close(_ item: FollowedItem, _ closure: Closure) {
        gone[item.id] = closure.outcome == .doneElsewhere ? .doneElsewhere : .done
        changes.append(.close(item.id, closure))
    }

    mutating func reopen(_ item: FollowedItem) {
        reopened.insert(item.id)
        changes.append(.reopen(item.id))
    }

    mutating func withdraw(_ item: FollowedItem) {
        gone[item.id] = visit.repairOrder.status == .void ? .void : .withdrawn
        changes.append(.withdraw(item.id))
        // What an earlier visit had declined counts again.
        let earlier = visit.otherItems.filter {
            $0.isDeclinedAgain && $0.enrollment == item.enrollment && $0.open.declined.isSameWork(as: item.open.declined)
        }
        if let newest = earlier.max(by: { $0.open.declined.visitOn < $1.open.declined.visitOn }), !item.isDeclinedAgain { reopen(newest) }
    }

    /// The enrollment that the visit's items belong to: its own, also when it has ended, or a running one of the same person
    /// and vehicle.
    func enrollment(for order: RepairOrder) -> Enrollment.ID? {
        visit.ownItems.first?.enrollment
            ?? visit.running.filter { $0.takes(order) }.min { ($0.visitOn, $0.id.number) < ($1.visitOn, $1.id.number) }?.id
    }

    /// Of work declined twice the newer visit's item counts.
    mutating func merge(_ added: [ClassifiedItem], into enrollment: Enrollment.ID) {
        var kept = added
        for item in visit.otherItems where item.enrollment == enrollment && item.isOpen && gone[item.id] == nil {
            guard let place = kept.firstIndex(where: { $0.isSameWork(as: item.open.declined) }) else { continue }
            if kept[place].visitOn >= item.open.declined.visitOn {
                changes.append(.declinedAgain(item.id))
            } else {
                kept.remove(at: place)
            }
        }
        guard !kept.isEmpty else { return }
        refilled.insert(enrollment)
        changes.append(.merge(kept, into: enrollment))
    }

    /// An enrollment without an open item is over.
    mutating func endWhatIsOver() {
        let items = visit.ownItems + visit.otherItems
        for enrollment in visit.running where !refilled.contains(enrollment.id) {
            let mine = items.filter { $0.enrollment == enrollment.id && ($0.isOpen || gone[$0.id] != nil || reopened.contains($0.id)) }
            let reasons = mine.compactMap { gone[$0.id] }
            guard !reasons.isEmpty, reasons.count == mine.count else { continue }
            let end = reasons.contains(.done) ? .done : reasons[0]
            changes.append(.end(enrollment.id, end))
        }
    }
}

extension FollowedItem {
    fileprivate var isOpen: Bool { closedBy == nil && !isDeclinedAgain }
}

extension Enrollment {
    /// Whether a further visit belongs into this sequence: the same person, with the same vehicle as far as both are known.
    fileprivate func takes(_ order: RepairOrder) -> Bool {
        if let mine = vehicle.vin, let theirs = order.vehicle.vin, mine != theirs { return false }
        return customer.isSamePerson(as: order.customer)
    }
}
