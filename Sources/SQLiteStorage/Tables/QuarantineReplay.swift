internal import FollowUp
internal import GRDB

/// One replay of an import's quarantined rows, inside its transaction.
struct QuarantineReplay {
    let importID: ImportID
    let now: Timestamp
    let database: Database

    func apply(_ results: [ReplayedRows]) throws -> ReplayOutcome {
        var outcome = ReplayOutcome()
        let rooftopID = try Int64.fetchOne(
            database, sql: "SELECT rooftop_id FROM import_file WHERE id = ? AND state = 'published'", arguments: [importID.number])
        guard let rooftopID else { throw ImportNotStaging(id: importID) }
        let waiting = try QuarantineTable.waitingIDs(importID: importID, in: database)
        var entered: Set<Int64> = []
        var skipped: Set<Int64> = []
        var stays: Set<Int64> = []
        var elsewhere: Set<Int64> = []
        for result in results {
            let rows = result.rows.map(\.number)
            guard waiting.isSuperset(of: rows) else {
                elsewhere.formUnion(rows.filter { !waiting.contains($0) })
                continue
            }
            switch result {
            case .skipped: skipped.formUnion(rows)
            case .waits(_, let code, let reason, let scriptLine):
                stays.formUnion(rows)
                if code == ReplayOutcome.needsWholeFile { outcome.rowsNeedingFile += rows.count }
                try explain(rows, code, reason, scriptLine)
            case .repairOrder(let order, _, let mayLackRows):
                if try mayLackRows && isHeld(order, rooftopID) {
                    outcome.rowsNeedingFile += rows.count
                    stays.formUnion(rows)
                    try explain(
                        rows, ReplayOutcome.needsWholeFile,
                        "other rows of repair order \(order.roNumber) were taken in before; import the file again, so that it comes whole", nil)
                } else {
                    try enter(order, rooftopID, &outcome.changes)
                    entered.formUnion(rows)
                }
            }
        }
        for id in entered.union(skipped).subtracting(stays) { try QuarantineTable.markReplayed(id, at: now, in: database) }
        outcome.rowsTakenIn = entered.subtracting(stays).count
        outcome.rowsSkipped = skipped.subtracting(entered).subtracting(stays).count
        outcome.rowsTakenElsewhere = elsewhere.count
        outcome.changes.quarantined = waiting.subtracting(entered.union(skipped).subtracting(stays)).count
        return outcome
    }

    private func enter(_ order: RepairOrder, _ rooftopID: Int64, _ changes: inout ImportOutcome) throws {
        let staged = try RepairOrderTables.staged.insert(order, rooftopID: rooftopID, importID: importID.number, in: database)
        try SQLiteLedger.apply(stagedID: staged, isVoid: order.status == .void, in: database, to: &changes)
        try RepairOrderTables.deleteStaged(importID: importID.number, in: database)
    }

    private func explain(_ rows: [Int64], _ code: String, _ reason: String, _ scriptLine: String?) throws {
        for id in rows { try QuarantineTable.explain(id, code: code, reason: reason, scriptLine: scriptLine, in: database) }
    }

    /// Whether a record of the number stands that this one would replace.
    private func isHeld(_ order: RepairOrder, _ rooftopID: Int64) throws -> Bool {
        let held = try RepairOrderTables.published.fetch(
            "WHERE rooftop_id = ? AND ro_number = ?", [rooftopID, order.roNumber.text], in: database).first
        return held.map { order.supersedes($0) } ?? false
    }
}

extension ReplayedRows {
    fileprivate var rows: [QuarantinedEntry.ID] {
        switch self {
        case .repairOrder(_, let rows, _), .skipped(let rows), .waits(let rows, _, _, _): rows
        }
    }
}
