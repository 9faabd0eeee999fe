public import FollowUp
internal import GRDB

extension SQLiteLedger {
    public func quarantine(
        rooftop: String, after: QuarantinedEntry.ID?, limit: Int
    ) async throws -> [QuarantinedEntry] {
        try await file.read { database in
            try QuarantineTable.waiting(
                rooftop: rooftop, after: after?.number ?? 0, limit: max(limit, 0), in: database)
        }
    }

    public func markReplayed(_ ids: [QuarantinedEntry.ID], now: Timestamp) async throws {
        try await file.write { database in
            let sql = "UPDATE quarantine_row SET replayed_at = ? WHERE id = ? AND replayed_at IS NULL"
            for id in ids {
                try database.cachedStatement(sql: sql).execute(arguments: [now.secondsSince1970, id.number])
            }
        }
    }
}
