public import FollowUp
internal import Foundation
internal import GRDB

extension SQLiteLedger {
    public func waitingImports(rooftop: String) async throws -> [WaitingImport] {
        try await file.read { database in
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT import_file.id, file_name, sha256, stamped_at, header, published_at, count(quarantine_row.id)
                    FROM import_file JOIN rooftop ON rooftop.id = rooftop_id
                    JOIN quarantine_row ON import_id = import_file.id AND replayed_at IS NULL
                    WHERE rooftop.name = ? AND state = 'published' GROUP BY import_file.id ORDER BY import_file.id
                    """,
                arguments: [rooftop])
            return rows.map { row in
                WaitingImport(
                    id: ImportID(row[0]),
                    file: ImportedFile(
                        name: row[1], sha256: row[2], stampedAt: (row[3] as Int64?).map(Timestamp.init(secondsSince1970:)),
                        header: (row[4] as Data?).map(Array.init)),
                    publishedAt: row.timestamp(5), rows: row[6])
            }
        }
    }

    public func quarantine(of id: ImportID, after: QuarantinedEntry.ID?, limit: Int) async throws -> [QuarantinedEntry] {
        try await file.read { database in
            try QuarantineTable.waiting(importID: id, after: after?.number ?? 0, limit: max(limit, 0), in: database)
        }
    }

    public func replay(_ rows: [ReplayedRows], of id: ImportID, now: Timestamp) async throws -> ReplayOutcome {
        try await file.write { database in
            try QuarantineReplay(importID: id, now: now, database: database).apply(rows)
        }
    }
}
