internal import FollowUp
internal import Foundation
internal import SQLiteStorage
internal import Scripting

/// Where the kit takes repair orders from: a named export, a ledger, or the exports in a rooftop's fixtures.
struct RepairOrderSource: Sendable {
    let rooftop: String
    let export: String?
    let database: String?
    let ro: RepairOrder.Number?

    func orders(of folder: RooftopFolder) async throws -> [RepairOrder] {
        if let database { return try await orders(in: database, of: folder) }
        if let export { return try await folder.orders(in: export) }
        guard folder.bundle.present.contains("mapping") else { return [] }
        var orders: [RepairOrder] = []
        for export in folder.fixtureExports { orders += try await folder.orders(in: export, isQuiet: true) }
        return orders
    }

    /// The visits of the customer of one repair order, from a ledger that is only read.
    private func orders(in database: String, of folder: RooftopFolder) async throws -> [RepairOrder] {
        let ledger = try ExistingLedger.open(database)
        try await ExistingLedger.check(folder.rooftop.id, isIn: ledger, database)
        guard let ro, let order = try await ledger.repairOrder(rooftop: folder.rooftop.id, roNumber: ro) else {
            throw RooftopFolder.NoRepairOrder(description: "\(database) has no repair order \(ro?.text ?? "") of \(folder.rooftop.id)")
        }
        var orders: [RepairOrder] = []
        var after: RepairOrder.Number?
        while true {
            let page = try await ledger.repairOrders(rooftop: folder.rooftop.id, after: after, limit: 500)
            orders += page.filter { $0.roNumber == ro || $0.customer.isSamePerson(as: order.customer) }
            guard page.count == 500 else { break }
            after = page.last?.roNumber
        }
        try ledger.close()
        return orders
    }
}
