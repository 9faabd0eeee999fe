internal import Foundation
internal import FollowUp
internal import GRDB

/// The rows put aside. They show once their import is published.
enum QuarantineTable {
    static func insert(_ entry: QuarantineEntry, importID: ImportID, in database: Database) throws {
        let sql = """
            INSERT INTO quarantine_row
            (import_id, code, reason, script_line, line_from, line_to, byte_offset, raw, is_truncated)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """
        try database.cachedStatement(sql: sql).execute(arguments: [
            importID.number, entry.code, entry.reason, entry.scriptLine, entry.lineFrom, entry.lineTo, entry.byteOffset,
            Data(entry.rawBytes), entry.isTruncated,
        ])
    }

    static func count(importID: ImportID, in database: Database) throws -> Int {
        try Int.fetchOne(
            database, sql: "SELECT count(*) FROM quarantine_row WHERE import_id = ?", arguments: [importID.number]) ?? 0
    }

    static func delete(importID: ImportID, in database: Database) throws {
        try database.execute(sql: "DELETE FROM quarantine_row WHERE import_id = ?", arguments: [importID.number])
    }

    static func waiting(importID: ImportID, after: Int64, limit: Int, in database: Database) throws -> [QuarantinedEntry] {
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT quarantine_row.id, import_id, file_name, code, reason, script_line, line_from, line_to, byte_offset,
                raw, is_truncated, sha256, first_code
                FROM quarantine_row JOIN import_file ON import_file.id = import_id
                WHERE import_id = ? AND state = 'published' AND replayed_at IS NULL AND quarantine_row.id > ?
                ORDER BY quarantine_row.id LIMIT ?
                """,
            arguments: [importID.number, after, limit])
        return rows.map { row in
            let raw: Data = row[9]
            return QuarantinedEntry(
                id: QuarantinedEntry.ID(row[0]), importID: ImportID(row[1]), fileName: row[2], sha256: row[11],
                entry: QuarantineEntry(
                    code: row[3], reason: row[4], lineFrom: row[6], lineTo: row[7], byteOffset: row[8],
                    rawBytes: Array(raw), isTruncated: row[10], scriptLine: row[5], firstCode: row[12]))
        }
    }

    static func waitingIDs(importID: ImportID, in database: Database) throws -> Set<Int64> {
        let sql = """
            SELECT quarantine_row.id FROM quarantine_row JOIN import_file ON import_file.id = import_id
            WHERE import_id = ? AND state = 'published' AND replayed_at IS NULL
            """
        return try Int64.fetchSet(database, sql: sql, arguments: [importID.number])
    }

    static func markReplayed(_ id: Int64, at now: Timestamp, in database: Database) throws {
        try database.cachedStatement(sql: "UPDATE quarantine_row SET replayed_at = ? WHERE id = ?")
            .execute(arguments: [now.secondsSince1970, id])
    }

    static func explain(_ id: Int64, code: String, reason: String, scriptLine: String?, in database: Database) throws {
        let sql = """
            UPDATE quarantine_row SET first_code = CASE WHEN code = ?1 THEN first_code ELSE coalesce(first_code, code) END, code = ?1,
            reason = ?2, script_line = ?3 WHERE id = ?4
            """
        try database.cachedStatement(sql: sql).execute(arguments: [code, reason, scriptLine, id])
    }
}
