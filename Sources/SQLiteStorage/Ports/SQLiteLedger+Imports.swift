public import FollowUp
internal import Foundation
internal import GRDB

extension SQLiteLedger: ImportLedger {
    public func begin(_ imported: ImportedFile, rooftop: String, now: Timestamp) async throws -> ImportStart {
        try await file.write { database in
            try database.execute(sql: "INSERT INTO rooftop (name) VALUES (?) ON CONFLICT DO NOTHING", arguments: [rooftop])
            let rooftopID = try Int64.fetchOne(
                database, sql: "SELECT id FROM rooftop WHERE name = ?", arguments: [rooftop])
            let known = try Row.fetchOne(
                database,
                sql: """
                    SELECT id, state FROM import_file WHERE rooftop_id = ? AND sha256 = ? AND state <> 'abandoned'
                    """,
                arguments: [rooftopID, imported.sha256])
            let header = imported.header.map { Data($0) }
            if let known {
                let id = ImportID(known[0])
                if known[1] == "published" {
                    try database.execute(
                        sql: "UPDATE import_file SET header = ? WHERE id = ? AND header IS NULL", arguments: [header, id.number])
                    return .alreadyImported(id)
                }
                try Self.discard(id, in: database)
            }
            try database.execute(
                sql: """
                    INSERT INTO import_file (rooftop_id, file_name, sha256, stamped_at, header, state, began_at)
                    VALUES (?, ?, ?, ?, ?, 'staging', ?)
                    """,
                arguments: [
                    rooftopID, imported.name, imported.sha256, imported.stampedAt?.secondsSince1970, header, now.secondsSince1970,
                ])
            return .new(ImportID(database.lastInsertedRowID))
        }
    }

    public func stage(
        _ repairOrders: [RepairOrder], _ quarantined: [QuarantineEntry], in id: ImportID
    ) async throws {
        try await file.write { database in
            let rooftopID = try Self.rooftop(ofStaging: id, in: database)
            for order in repairOrders {
                try RepairOrderTables.staged.insert(order, rooftopID: rooftopID, importID: id.number, in: database)
            }
            for entry in quarantined {
                try QuarantineTable.insert(entry, importID: id, in: database)
            }
        }
    }

    public func publish(_ id: ImportID, now: Timestamp) async throws -> ImportOutcome {
        try await file.write { database in
            _ = try Self.rooftop(ofStaging: id, in: database)
            var outcome = ImportOutcome()
            let staged = try Row.fetchCursor(
                database,
                sql: """
                    SELECT id, status FROM staged_repair_order WHERE import_id = ? ORDER BY id
                    """,
                arguments: [id.number])
            while let row = try staged.next() {
                try Self.apply(stagedID: row[0], isVoid: row[1] == "void", in: database, to: &outcome)
            }
            outcome.quarantined = try QuarantineTable.count(importID: id, in: database)
            try RepairOrderTables.deleteStaged(importID: id.number, in: database)
            try Self.markPublished(id, outcome, now: now, in: database)
            return outcome
        }
    }

    public func abandon(_ id: ImportID) async throws {
        try await file.write { database in
            let state = try String.fetchOne(
                database, sql: "SELECT state FROM import_file WHERE id = ?", arguments: [id.number])
            guard let state, state != "published" else { throw ImportNotStaging(id: id) }
            try Self.discard(id, in: database)
        }
    }

    public func outcome(of id: ImportID) async throws -> ImportOutcome? {
        try await file.read { database in
            let row = try Row.fetchOne(
                database,
                sql: """
                    SELECT new_count, revised_count, unchanged_count, older_ignored_count, voided_count, quarantined_count
                    FROM import_file WHERE id = ? AND state = 'published'
                    """,
                arguments: [id.number])
            return row.map {
                ImportOutcome(
                    new: $0[0], revised: $0[1], unchanged: $0[2], olderIgnored: $0[3], voided: $0[4], quarantined: $0[5])
            }
        }
    }

    public func repairOrder(rooftop: String, roNumber: RepairOrder.Number) async throws -> RepairOrder? {
        try await file.read { database in
            try RepairOrderTables.published.fetch(
                "WHERE rooftop_id = (SELECT id FROM rooftop WHERE name = ?) AND ro_number = ?",
                [rooftop, roNumber.text], in: database
            ).first
        }
    }

    public func repairOrders(
        rooftop: String, after: RepairOrder.Number?, limit: Int
    ) async throws -> [RepairOrder] {
        try await file.read { database in
            try RepairOrderTables.published.fetch(
                """
                WHERE rooftop_id = (SELECT id FROM rooftop WHERE name = ?) AND ro_number > ?
                ORDER BY ro_number LIMIT ?
                """, [rooftop, after?.text ?? "", max(limit, 0)], in: database)
        }
    }

    /// Brings one staged record into the published ones, by the rule of `supersedes`.
    static func apply(
        stagedID: Int64, isVoid: Bool, in database: Database, to outcome: inout ImportOutcome
    ) throws {
        // Looked up anew for each record: an earlier record of the same import may have written the number.
        let heldSQL = """
            SELECT id FROM repair_order WHERE (rooftop_id, ro_number) =
            (SELECT rooftop_id, ro_number FROM staged_repair_order WHERE id = ?)
            """
        guard let heldID = try Int64.fetchOne(database.cachedStatement(sql: heldSQL), arguments: [stagedID]) else {
            try RepairOrderTables.publish(stagedID: stagedID, over: nil, in: database)
            if isVoid { outcome.voided += 1 } else { outcome.new += 1 }
            return
        }
        guard var held = try RepairOrderTables.published.fetch("WHERE id = ?", [heldID], in: database).first,
            let incoming = try RepairOrderTables.staged.fetch("WHERE id = ?", [stagedID], in: database).first
        else { return }
        let supersedes = incoming.supersedes(held)
        // The same record in another file, as in a daily resend, is no change.
        held.source = incoming.source
        if incoming == held {
            try noteStamp(incoming.source?.stampedAt, of: heldID, in: database)
            outcome.unchanged += 1
        } else if !supersedes {
            outcome.olderIgnored += 1
        } else {
            try RepairOrderTables.publish(stagedID: stagedID, over: heldID, in: database)
            if isVoid && held.status == .closed { outcome.voided += 1 } else { outcome.revised += 1 }
        }
    }

    /// A later file that says the same makes what is held as new as that file.
    private static func noteStamp(_ stamp: Timestamp?, of heldID: Int64, in database: Database) throws {
        guard let stamp = stamp?.secondsSince1970 else { return }
        let sql = """
            UPDATE repair_order SET source_stamped_at = ?1 WHERE id = ?2 AND coalesce(source_stamped_at, ?1 - 1) < ?1
            """
        try database.cachedStatement(sql: sql).execute(arguments: [stamp, heldID])
    }

    private static func rooftop(ofStaging id: ImportID, in database: Database) throws -> Int64 {
        let rooftopID = try Int64.fetchOne(
            database, sql: "SELECT rooftop_id FROM import_file WHERE id = ? AND state = 'staging'",
            arguments: [id.number])
        guard let rooftopID else { throw ImportNotStaging(id: id) }
        return rooftopID
    }

    private static func markPublished(
        _ id: ImportID, _ outcome: ImportOutcome, now: Timestamp, in database: Database
    ) throws {
        try database.execute(
            sql: """
                UPDATE import_file SET state = 'published', published_at = ?, new_count = ?, revised_count = ?,
                unchanged_count = ?, older_ignored_count = ?, voided_count = ?, quarantined_count = ? WHERE id = ?
                """,
            arguments: [
                now.secondsSince1970, outcome.new, outcome.revised, outcome.unchanged, outcome.olderIgnored,
                outcome.voided, outcome.quarantined, id.number,
            ])
    }

    private static func discard(_ id: ImportID, in database: Database) throws {
        try RepairOrderTables.deleteStaged(importID: id.number, in: database)
        try QuarantineTable.delete(importID: id, in: database)
        try database.execute(sql: "UPDATE import_file SET state = 'abandoned' WHERE id = ?", arguments: [id.number])
    }
}
