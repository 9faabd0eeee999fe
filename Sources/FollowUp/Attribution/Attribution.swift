/// Tells which declined items a later repair order ends, and what revenue it brings back.
public struct Attribution: Sendable {
    public let catalogue: Catalogue

    public init(catalogue: Catalogue = .usual) {
        self.catalogue = catalogue
    }

    /// Gives what ends this item, or nil when the repair order has nothing to do with it.
    public func closes(_ item: OpenItem, by repairOrder: RepairOrder, at rooftop: String) -> Closure? {
        closures(of: [item], by: repairOrder, at: rooftop)[0]
    }

    /// Gives for each item what ends it, in the order of `items`; nil where the repair order doesn't.
    ///
    /// Every performed line brings its revenue once: where it ends several items, the one declined last, and of those
    /// the first listed, gets it. Work done elsewhere ends an item only where the repair order didn't do it itself.
    public func closures(of items: [OpenItem], by repairOrder: RepairOrder, at rooftop: String) -> [Closure?] {
        let lines = performedLines(of: repairOrder)
        var isCounted = Array(repeating: false, count: lines.count)
        var closures: [Closure?] = Array(repeating: nil, count: items.count)
        let newestFirst = items.indices.sorted {
            (items[$1].declined.visitOn, $0) < (items[$0].declined.visitOn, $1)
        }
        for index in newestFirst where concerns(items[index], repairOrder, at: rooftop) {
            let item = items[index]
            let outcome: Closure.Outcome
            let matching = lines.indices.filter { lines[$0].isWork(of: item.declined) }
            if !matching.isEmpty {
                let fresh = matching.filter { !isCounted[$0] }
                for line in fresh { isCounted[line] = true }
                let estimate = item.declined.item.priceCents
                outcome = .performed(recoveredCents: cents(of: fresh.map { lines[$0] }, estimate: estimate))
            } else if isDoneElsewhere(item.declined, repairOrder) {
                outcome = .doneElsewhere
            } else {
                continue
            }
            closures[index] = Closure(
                roNumber: repairOrder.roNumber, closedOn: repairOrder.closedOn, outcome: outcome,
                followsTouch: item.acceptedOn.contains { $0 < repairOrder.closedOn })
        }
        return closures
    }

    private struct Line {
        let opCode: String?
        let category: ServiceCategory
        let priceCents: Int?

        func isWork(of declined: ClassifiedItem) -> Bool {
            if let opCode, let wanted = declined.item.opCode, opCode.uppercased() == wanted.uppercased() { return true }
            return category.does(declined.category)
        }
    }

    private func performedLines(of repairOrder: RepairOrder) -> [Line] {
        (repairOrder.performed ?? []).map { work in
            Line(
                opCode: work.opCode,
                category: catalogue.category(opCode: work.opCode, description: work.description ?? ""),
                priceCents: work.priceCents)
        }
    }

    private func isDoneElsewhere(_ declined: ClassifiedItem, _ repairOrder: RepairOrder) -> Bool {
        (repairOrder.doneElsewhere ?? []).contains { opCode in
            Line(opCode: opCode, category: catalogue.category(opCode: opCode, description: ""), priceCents: nil)
                .isWork(of: declined)
        }
    }

    /// No line left to count means that another item has the revenue.
    private func cents(of fresh: [Line], estimate: Int?) -> Int {
        guard !fresh.isEmpty else { return 0 }
        let prices = fresh.compactMap(\.priceCents)
        return prices.isEmpty ? estimate ?? 0 : prices.reduce(0, +)
    }

    /// A later repair order of this rooftop that stands, for the same vehicle, or for the same customer where either
    /// side doesn't know the vehicle.
    private func concerns(_ item: OpenItem, _ repairOrder: RepairOrder, at rooftop: String) -> Bool {
        guard item.rooftop == rooftop, repairOrder.status == .closed, repairOrder.roNumber != item.roNumber,
            repairOrder.closedOn >= item.declined.visitOn
        else { return false }
        if let mine = item.vehicle.vin, let theirs = repairOrder.vehicle.vin { return mine == theirs }
        return item.customer.isSamePerson(as: repairOrder.customer)
    }
}
